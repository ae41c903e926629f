package pack

// Limits of version 1. Open refuses a pack beyond them, Write refuses a source.
const (
	MaxItems      = 1<<24 - 1 // items of a pack
	MaxTopics     = 1<<16 - 1 // topics of a pack
	MaxItemTopics = 4         // topics of one item
	MaxNeighbours = 128       // neighbours of one row
	MaxSlots      = 32        // slots of a pack
	MaxSlotSize   = 20        // suggestions in one slot
	MaxSlotName   = 64        // bytes of a slot's name
	MaxSite       = 255       // bytes of the site's name
	MaxString     = 16_383    // bytes of an id, URL, title, image or name
	MaxFaceVisits = 64        // plausible visits that faces are chosen for
	MaxBytes      = 1 << 28   // bytes of a pack

	// NoItem and NoTopic stand for the absence of one.
	NoItem  uint32 = 1<<32 - 1
	NoTopic uint16 = 1<<16 - 1
)
