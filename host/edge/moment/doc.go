// Package moment tells the class of a request: what of it may count in a page that the edge fills, in so few and so coarse values
// that a page has at most MaxVariants variants.
//
// A Class is the moment of the day at the visitor's place, the kind of device, a group of countries, where the visit comes from and a
// language. Which of these count, a Config says; the others are 0 for everyone. A page is a function of its address and its class.
//
//	c := moment.Config{Classes: []string{moment.Moment, moment.Device}}
//	if err := c.Check(); err != nil {
//		return err
//	}
//	class := c.Of(moment.Of(r, "Europe/Amsterdam", ""), time.Now()) // 2.5.7.0.0.0: a weekday's morning, on a phone
//
// Nothing else of a request is looked at: no cookie, no user agent, no address, no credentials. With Sec-GPC: 1 neither country nor
// referrer count.
//
// It is tested on wasm/edge/testdata/classes.json, as the worker is.
package moment
