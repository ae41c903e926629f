package sensitive

// Category is what something sensitive is about. The zero value is none: what a site or its feed calls sensitive has no category.
type Category string

// The default categories.
const (
	Health    Category = "health"
	Sexuality Category = "sexuality"
	Pregnancy Category = "pregnancy"
	Religion  Category = "religion"
	Politics  Category = "politics"
	Debt      Category = "debt"
	Addiction Category = "addiction"
	Mourning  Category = "mourning"
	Children  Category = "children"
)

// categories are in the order in which they are told. Of the categories that an item is of, it is counted in that one which comes first
// here, the narrower before the wider: a breast pump is in pregnancy, and not in children.
var categories = []Category{Sexuality, Pregnancy, Mourning, Addiction, Debt, Religion, Politics, Health, Children}

// Categories returns the default categories, each once, in the order in which they are told.
func Categories() []Category { return append([]Category(nil), categories...) }

// ParseCategory returns the category of a name, and whether there is one.
func ParseCategory(name string) (Category, bool) {
	for _, c := range categories {
		if string(c) == name {
			return c, true
		}
	}
	return "", false
}
