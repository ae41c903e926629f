package demo

import (
	"fmt"
	"html"
	"strings"
)

// Picture returns the drawing of an item as an SVG of 4 by 3, and whether there is such an item. It has the item's title
// as its name, refers to nothing outside itself, holds no script and no style sheet, and its colours suit light pages and
// dark ones.
func Picture(id string) ([]byte, bool) {
	s := mustLoad()
	p, ok := s.byID[id]
	if !ok {
		return nil, false
	}
	e := &s.entries[p.entry]
	drawing, err := draw(e)
	if err != nil {
		panic(fmt.Errorf("demo: %s: %w", e.key, err)) // it is embedded, and a test draws it
	}
	title := html.EscapeString(e.title[p.language])
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" role="img" lang="` +
		languages[p.language] + `"><title>` + title + `</title>` + drawing + `</svg>`), true
}

// draw returns what is inside an entry's picture.
func draw(e *entry) (string, error) {
	c := &canvas{}
	p, err := parseParameters(e.draw)
	if err != nil {
		return "", err
	}
	p.key = e.key
	if f := frames[p.family]; f != nil {
		inner := p.rest
		if p.family == "scene" || p.family == "sign" {
			inner = ""
		}
		var parts []parameters
		for _, spec := range strings.Split(inner, " + ") {
			if spec = strings.TrimSpace(spec); spec == "" {
				continue
			}
			q, err := parseParameters(spec)
			if err != nil {
				return "", err
			}
			if drawers[q.family] == nil {
				return "", fmt.Errorf("%q is not something to draw", q.family)
			}
			parts = append(parts, q)
		}
		if want := map[string]int{"page": 1, "versus": 2, "verdict": 1}[p.family]; len(parts) != want {
			return "", fmt.Errorf("a %s of %d things, want %d", p.family, len(parts), want)
		}
		f(c, p, parts)
		return c.String(), nil
	}
	d := drawers[p.family]
	if d == nil {
		return "", fmt.Errorf("%q is not something to draw", p.family)
	}
	topic, _, _ := strings.Cut(e.topics[0], "/")
	backdrop(c, p, topic)
	d(c, p)
	return c.String(), nil
}

// drawers draw a product each, standing on floor and in the middle of the picture.
var drawers map[string]func(*canvas, parameters)

// frames draw what surrounds the products of a guide, a comparison or a review, or a picture of their own.
var frames map[string]func(*canvas, parameters, []parameters)

func init() {
	frames = map[string]func(*canvas, parameters, []parameters){
		"page": drawPage, "versus": drawVersus, "verdict": drawVerdict, "scene": drawScene, "sign": drawSign,
	}
	drawers = map[string]func(*canvas, parameters){
		"bike": drawBike,
		// parts
		"tyre": drawTyre, "tube": drawTube, "saddle": drawSaddle, "chain": drawChain, "cassette": drawCassette,
		"brakepads": drawBrakePads, "brakeshoes": drawBrakeShoes, "pedals": drawPedals, "grips": drawGrips,
		"bartape": drawBarTape, "bell": drawBell, "kickstand": drawKickstand, "mirror": drawMirror, "rack": drawRack,
		// lights and locks
		"frontlight": drawFrontLight, "rearlight": drawRearLight, "lightset": drawLightSet,
		"carrierlight": drawCarrierLight, "headtorch": drawHeadtorch, "lantern": drawLantern,
		"ringlock": drawRingLock, "chainlock": drawChainLock, "ulock": drawULock, "foldlock": drawFoldLock,
		"cablelock": drawCableLock, "plugchain": drawPlugChain,
		// bags
		"doublepannier": drawDoublePannier, "rollpannier": drawRollPannier, "officebag": drawOfficeBag,
		"handlebarbag": drawHandlebarBag, "saddlebag": drawSaddleBag, "framebag": drawFrameBag, "wicker": drawWicker,
		"crate": drawCrate, "shopper": drawShopper, "backpack": drawBackpack, "drybags": drawDryBags,
		// what one wears
		"helmet": drawHelmet, "jacket": drawJacket, "trousers": drawTrousers, "tights": drawTrousers, "shorts": drawShorts,
		"poncho": drawPoncho, "overshoes": drawOvershoes, "rainsuit": drawRainSuit, "vest": drawVest, "hivis": drawHiVis,
		"jersey": drawJersey, "shirt": drawJersey, "fleece": drawFleece, "puffer": drawPuffer, "gloves": drawGloves,
		"hat": drawHat, "socks": drawSocks, "shoe": drawShoe, "sandal": drawSandal, "gaiters": drawGaiters,
		"briefs": drawBriefs, "belt": drawBelt,
		// children
		"childseat": drawChildSeat, "trailer": drawTrailer, "towbar": drawTowBar,
		// workshop
		"multitool": drawMultitool, "floorpump": drawFloorPump, "minipump": drawMiniPump, "levers": drawLevers,
		"patchkit": drawPatchKit, "torque": drawTorque, "workstand": drawWorkStand, "toolbox": drawToolbox,
		"checker": drawChecker, "oil": drawOil, "cleaning": drawCleaning, "grease": drawGrease, "washbottle": drawWashBottle,
		// camping and walking
		"tent": drawTent, "pegs": drawPegs, "sleepingbag": drawSleepingBag, "mat": drawMat, "pillow": drawPillow,
		"stove": drawStove, "pans": drawPans, "mug": drawMug, "thermos": drawThermos, "bottle": drawBottle,
		"cutlery": drawCutlery, "waterfilter": drawWaterFilter, "poles": drawPoles, "gps": drawGPS,
		"phonemount": drawPhoneMount, "map": drawMap, "compass": drawCompass, "powerbank": drawPowerBank,
		// care
		"medkit": drawMedKit, "coolpouch": drawCoolPouch, "stone": drawStone,
	}
}

// parameters say what to draw: a family, settings such as "frame=step", flags such as "rack", and a colour.
type parameters struct {
	family   string
	settings map[string]string
	colour
	// rest is what follows the settings of a frame: what it surrounds.
	rest string
	key  string
}

func parseParameters(spec string) (parameters, error) {
	p := parameters{settings: map[string]string{}, colour: colourOf("teal")}
	for i, word := range strings.Fields(spec) {
		name, value, valued := strings.Cut(word, "=")
		switch {
		case i == 0:
			p.family = word
		case name == "c":
			if palette[value] == "" {
				return p, fmt.Errorf("%q is no colour", value)
			}
			p.colour = colourOf(value)
		default:
			if !valued {
				value = "yes"
			}
			p.settings[name] = value
		}
		if i > 0 && p.rest == "" && !valued && drawers[word] != nil {
			_, rest, _ := strings.Cut(spec, " "+word)
			p.rest = word + rest
		}
	}
	return p, nil
}

func (p parameters) is(flag string) bool { return p.settings[flag] != "" }

func (p parameters) get(name string) string { return p.settings[name] }
