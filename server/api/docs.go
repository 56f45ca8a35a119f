package api

import "github.com/gin-gonic/gin"

func (a *API) docs(c *gin.Context) {}
