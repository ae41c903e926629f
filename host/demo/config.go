package demo

// Config returns the shop's nabij.json: its slots, policy, sensitive topics and what the context makes likelier.
func Config() []byte { return []byte(readFile("config.json")) }
