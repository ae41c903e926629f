package pack

// Limits of version 1. Open refuses a pack beyond them, Write refuses a source.
const (
	MaxItems       = 1<<24 - 1 // items of a pack
	MaxTopics      = 0xff00    // topics of a pack
	MaxItemTopics  = 4         // topics of one item
	MaxNeighbours  = 128       // neighbours of one row
	MaxSlots       = 32        // slots of a pack
	MaxSlotSize    = 20        // suggestions in one slot
	MaxSlotName    = 64        // bytes of a slot's name
	MaxSite        = 255       // bytes of the site's name
	MaxString      = 16_383    // bytes of an id, URL, title, image or name
	MaxFaceVisits  = 64        // plausible visits that faces are chosen for
	MaxFacets      = 255       // facets of a pack
	MaxFacetGroups = 16        // groups of facets of a pack
	MaxBytes       = 1 << 28   // bytes of a pack

	// NoItem and NoTopic stand for the absence of one.
	NoItem  uint32 = 1<<32 - 1
	NoTopic uint16 = 1<<16 - 1

	// FirstFacet is the number of the first facet where a number may be a topic's or a facet's: facets follow on the most
	// topics that a pack may have.
	FirstFacet uint16 = MaxTopics
)
