package pack

// Class is one coarse fact of a request's context: a daypart, a kind of day, of device, of region or of referrer.
// A context has at most one class of each dimension. Zero is "not known", and never a class.
//
// These constants are part of the wire format and should not be changed.
type Class uint8

const (
	Night     Class = 1 // local hours 0 to 5
	Morning   Class = 2 // 6 to 11
	Afternoon Class = 3 // 12 to 17
	Evening   Class = 4 // 18 to 23

	Weekday Class = 5
	Weekend Class = 6

	Phone   Class = 7
	Tablet  Class = 8
	Desktop Class = 9

	Region1 Class = 10 // groups of countries that the site names; eight of them
	Region8 Class = 17

	ReferrerNone   Class = 18 // typed, bookmarked, or not said
	ReferrerSearch Class = 19
	ReferrerSocial Class = 20
	ReferrerMail   Class = 21
	ReferrerOther  Class = 22

	// ClassCount is one more than the largest class.
	ClassCount = 23
)

var classNames = [ClassCount]string{
	Night: "night", Morning: "morning", Afternoon: "afternoon", Evening: "evening",
	Weekday: "weekday", Weekend: "weekend", Phone: "phone", Tablet: "tablet", Desktop: "desktop",
	Region1: "region-1", 11: "region-2", 12: "region-3", 13: "region-4", 14: "region-5", 15: "region-6", 16: "region-7",
	Region8: "region-8", ReferrerNone: "referrer-none", ReferrerSearch: "referrer-search",
	ReferrerSocial: "referrer-social", ReferrerMail: "referrer-mail", ReferrerOther: "referrer-other",
}

// String returns the class's name as configurations and documents spell it, or "unknown".
func (c Class) String() string {
	if c == 0 || c >= ClassCount {
		return "unknown"
	}
	return classNames[c]
}
