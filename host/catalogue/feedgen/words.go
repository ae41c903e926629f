package feedgen

var departments = []struct {
	name   string
	groups []string
	nouns  []string
	cents  int
}{
	{"Bikes", []string{"City bikes", "Touring bikes", "Children's bikes", "Electric bikes", "Cargo bikes", "Folding bikes"},
		[]string{"Bicycle", "Frame", "Wheel", "Saddle", "Handlebar", "Pedal"}, 42900},
	{"Clothing", []string{"Jackets", "Trousers", "Shirts", "Socks", "Gloves", "Hats"},
		[]string{"Jacket", "Trouser", "Shirt", "Sock", "Glove", "Beanie"}, 5995},
	{"Camping", []string{"Tents", "Sleeping bags", "Stoves", "Mats", "Lanterns", "Furniture"},
		[]string{"Tent", "Sleeping bag", "Stove", "Mat", "Lantern", "Chair"}, 12950},
	{"Home & Garden", []string{"Kitchen", "Bathroom", "Bedroom", "Garden", "Lighting", "Storage"},
		[]string{"Bowl", "Towel", "Pillow", "Planter", "Lamp", "Basket"}, 2995},
	{"Electronics", []string{"Audio", "Navigation", "Cameras", "Watches", "Chargers", "Radios"},
		[]string{"Speaker", "Navigator", "Camera", "Watch", "Charger", "Radio"}, 14900},
	{"Sports", []string{"Running", "Climbing", "Swimming", "Fitness", "Skiing", "Team sports"},
		[]string{"Shoe", "Harness", "Goggle", "Dumbbell", "Pole", "Ball"}, 7495},
	{"Toys", []string{"Puzzles", "Building", "Dolls", "Outdoor play", "Board games", "Crafts"},
		[]string{"Puzzle", "Block set", "Doll", "Kite", "Game", "Kit"}, 2495},
	{"Books & Maps", []string{"Guides", "Maps", "Cookery", "Nature", "Children's books", "Travel stories"},
		[]string{"Guide", "Map", "Cookbook", "Field guide", "Picture book", "Journal"}, 1995},
}

var (
	materials  = []string{"Wool", "Cotton", "Aluminium", "Bamboo", "Recycled", "Steel"}
	colours    = []string{"Black", "Navy", "Forest green", "Red", "Sand", "Grey", "Yellow", "White", "Teal", "Rust"}
	sizes      = []string{"S", "M", "L", "XL", "XXL", "XS"}
	adjectives = []string{"Light", "Classic", "Urban", "Alpine", "Compact", "Trail", "Everyday", "Pro", "Junior", "Expedition",
		"Coastal", "Nordic", "Quick", "Silent", "Sturdy", "Summit"}
	models = []string{"100", "200", "X2", "One", "Plus", "Mk II", "Air", "GT", "Evo", "Duo", "Max", "Mini", "S3", "Ultra", "Core",
		"Terra", "Vento", "Luna", "Polar", "Rio"}
	brands = []string{"Rondo", "Halden", "Marsk & Co", "Veldt", "Birkland", "Osprino", "Tarn", "Kestrel", "Lowmoor", "Fjordline",
		"Dune", "Pelican Bay", "Aster", "Brookfield", "Norrhem", "Cavallo", "Sella", "Wharf", "Juniper", "Ems", "Toller",
		"Quill", "Ridge & Sons", "Maas", "Loire", "Tamar", "Isar", "Ebro", "Calder", "Skagen Works"}
	availabilities = []string{"in_stock", "in_stock", "in_stock", "in_stock", "in_stock", "in_stock", "out_of_stock", "preorder", "backorder", "in stock"}
	phrases        = []string{"is made for long days outside", "keeps its shape after many washes", "folds away in seconds",
		"comes with a repair kit", "weighs less than you would expect", "with reinforced seams", "and a five-year guarantee",
		"tested on wet autumn roads", "in a colour that lasts", "fits most standard racks", "for beginners and experts alike",
		"with a soft inner lining", "that dries quickly", "and packs small", "designed in our own workshop",
		"with reflective details", "for use all year round", "easy to clean with soap &amp; water", "made from certified fibres",
		"with adjustable straps", "that stays quiet at night", "and feels warm to the touch", "for the whole family",
		"with spare parts for ten years", "cut a little longer at the back", "suited to small flats", "that shields from wind and rain",
		"with an even, bright light", "and a non-slip base", "which our customers come back for"}
)
