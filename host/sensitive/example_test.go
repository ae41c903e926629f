package sensitive_test

import (
	"fmt"

	"github.com/nabij/nabij/host/catalogue"
	"github.com/nabij/nabij/host/learn/content/words"
	"github.com/nabij/nabij/host/sensitive"
)

func ExampleRules_Item() {
	rules, err := sensitive.New(sensitive.Site{Exceptions: []sensitive.Exception{
		{Category: sensitive.Children, Reason: "we sell nothing but prams"},
	}})
	if err != nil {
		panic(err)
	}
	for _, title := range []string{"Bloedglucosemeter met teststrips", "Kinderwagen Duin", "Zitbank Duin"} {
		v := rules.Item(&catalogue.Item{Title: title}, words.Dutch)
		fmt.Println(title, v.Sensitive, v.Rule, v.Excused)
	}
	// Output:
	// Bloedglucosemeter met teststrips true health, by "bloedglucose*" in its title []
	// Kinderwagen Duin false  [0]
	// Zitbank Duin false  []
}
