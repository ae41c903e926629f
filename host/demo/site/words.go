package site

import (
	"fmt"

	"github.com/nabij/nabij/core/pack"
)

// words are the shop's own texts in a language. Those of a verb such as %s or %d are used by a method.
type words struct {
	// every page
	SkipToContent, Home, Menu, Departments, OwnName, Service, YourVisit, MadeUp, MadeUpMore string
	Search, SearchIn, SearchHint, Basket, InBasket, Breadcrumb, AboutShop                   string

	// home
	HomeTitle, HomeHeading, HomeLead, HomeDescription, ToBikes, ToTestRide string
	InTheShop, FromOurNotes, CarryOn, CarryOnText                          string

	// departments and search
	Everything, Choose, ByPopularity, ReadingOn, Questions, Elsewhere string
	CategoryDescription, OneItem, Items                               string
	ResultsFor, OneResult, Results, NoResults, NoResultsTips          string
	EmptySearch, OftenLooked                                          string

	// items
	InStock, OutOfStock, OnOrder, OutOfStockMore, OnOrderMore, AddToBasket, AboutItem, Facts string
	DeliveryMore, AlsoInShop, WorthReading, ReadOn, MoreHelp, Named, Drawing                 string
	Guide, Review, Comparison, Article, Help                                                 string

	// basket and order
	BasketEmpty, BasketEmptyMore, Remove, Total, PlaceOrder, PlaceOrderMore, HandyToo, Times string
	ThanksTitle, ThanksLead, Bought, NoOrder, NoOrderMore, BackHome                          string

	// the visitor's page
	VisitHeading, VisitLead, PanelHeading, PanelFallback           string
	HowHeading, How, KeptHeading, Kept, SensitiveHeading, Intimate string
	ServerHeading, Server, Policy                                  string

	MissingTitle, MissingText string
}

func (w *words) kind(k pack.Kind) string {
	switch k {
	case pack.KindGuide:
		return w.Guide
	case pack.KindReview:
		return w.Review
	case pack.KindComparison:
		return w.Comparison
	case pack.KindHelp:
		return w.Help
	}
	return w.Article
}

func (w *words) availability(a pack.Availability) string {
	switch a {
	case pack.OutOfStock:
		return w.OutOfStock
	case pack.OnOrder:
		return w.OnOrder
	}
	return w.InStock
}

func (w *words) categoryDescription(name string) string {
	return fmt.Sprintf(w.CategoryDescription, name)
}

func (w *words) resultsFor(query string) string { return fmt.Sprintf(w.ResultsFor, query) }

func (w *words) results(n int) string { return counted(n, w.OneResult, w.Results) }

// ItemCount says how many things there are.
func (w *words) ItemCount(n int) string { return counted(n, w.OneItem, w.Items) }

func counted(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(more, n)
}
