package demo

// point is a place in a picture.
type point struct{ x, y float64 }

// geometry holds where the parts of a bicycle meet. The front wheel is at the right.
type geometry struct {
	rear, front             point // hubs
	rearRadius, frontRadius float64
	crank, seat             point // where the pedals turn; where the saddle's post enters the frame
	headTop, headLow        point
	saddle, bar             point
	scale                   float64
}

// geometries by frame. All wheels stand on floor.
var geometries = map[string]geometry{
	"diamond":  {point{110, 188}, point{292, 188}, 56, 56, point{188, 196}, point{168, 118}, point{256, 106}, point{263, 132}, point{161, 92}, point{251, 84}, 1},
	"cross":    {point{110, 188}, point{292, 188}, 56, 56, point{188, 196}, point{172, 134}, point{256, 108}, point{263, 134}, point{163, 94}, point{251, 88}, 1},
	"race":     {point{112, 188}, point{290, 188}, 56, 56, point{186, 196}, point{169, 124}, point{258, 118}, point{263, 136}, point{160, 86}, point{254, 100}, 1},
	"step":     {point{110, 188}, point{292, 188}, 56, 56, point{188, 198}, point{170, 128}, point{254, 110}, point{262, 138}, point{163, 96}, point{249, 76}, 1},
	"swan":     {point{108, 187}, point{294, 187}, 57, 57, point{188, 198}, point{168, 122}, point{254, 106}, point{262, 134}, point{160, 90}, point{248, 74}, 1},
	"mixte":    {point{110, 188}, point{292, 188}, 56, 56, point{188, 197}, point{168, 122}, point{255, 106}, point{262, 134}, point{161, 94}, point{250, 80}, 1},
	"kids":     {point{116, 190}, point{284, 190}, 54, 54, point{190, 200}, point{172, 138}, point{254, 108}, point{261, 138}, point{166, 112}, point{250, 82}, 1},
	"balance":  {point{124, 192}, point{276, 192}, 52, 52, point{190, 178}, point{172, 150}, point{250, 122}, point{257, 146}, point{168, 126}, point{246, 92}, 0.86},
	"longtail": {point{84, 194}, point{310, 194}, 50, 50, point{198, 202}, point{182, 134}, point{274, 112}, point{281, 140}, point{176, 98}, point{268, 84}, 1},
	"bakfiets": {point{84, 192}, point{352, 212}, 52, 32, point{148, 202}, point{132, 130}, point{196, 112}, point{206, 172}, point{126, 98}, point{190, 84}, 1},
	"trike":    {point{84, 192}, point{308, 204}, 52, 40, point{150, 202}, point{134, 130}, point{204, 118}, point{212, 176}, point{128, 98}, point{194, 86}, 1},
}

func geometryOf(p parameters) geometry {
	if p.get("frame") == "fold" {
		r := map[string]float64{"16": 33, "20": 41}[p.get("size")]
		return geometry{point{122, floor - r}, point{282, floor - r}, r, r, point{192, 208}, point{178, 152},
			point{250, 110}, point{264, 176}, point{162, 88}, point{247, 84}, 1}
	}
	g := geometries[p.get("frame")]
	if s, ok := map[string]float64{"16": 0.8, "20": 0.87, "24": 0.94, "26": 1}[p.get("size")]; ok {
		g.scale = s
	}
	return g
}

func drawBike(c *canvas, p parameters) {
	g := geometryOf(p)
	if g.front.x-g.rear.x < 200 { // short enough to be shown larger
		g.scale *= 1.12
	}
	c.shadow(200-(200-g.rear.x+g.rearRadius*0.8)*g.scale, 200+(g.front.x-200+g.frontRadius*0.8)*g.scale)
	c.scaled(200, floor, g.scale, func() {
		if p.get("frame") == "trike" {
			drawWheel(c, p, point{g.front.x + 22, g.front.y - 4}, g.frontRadius-3)
		}
		drawWheel(c, p, g.rear, g.rearRadius)
		if p.is("skirt") {
			c.faint(d("M$ $A$ $ 0 0 1 $ $L$ $z", g.rear.x-46, g.rear.y-22, 51.0, 51.0, g.rear.x+48, g.rear.y-16, g.rear.x+10, g.rear.y), ink, 0.75)
		}
		if p.get("frame") != "trike" {
			drawWheel(c, p, g.front, g.frontRadius)
		}
		if p.is("guards") {
			drawGuards(c, p, g)
		}
		if p.is("rack") {
			drawBikeRack(c, p, g)
		}
		drawLuggageBehind(c, p, g)
		drawFrame(c, p, g)
		drawDrive(c, p, g)
		drawSeat(c, p, g)
		drawBars(c, p, g)
		drawFrontLoad(c, p, g)
		if p.is("training") {
			c.line(g.rear.x, g.rear.y, g.rear.x+10, floor-16, steel, 4)
			c.circle(g.rear.x+10, floor-14, 14, ink)
			c.circle(g.rear.x+10, floor-14, 5, p.light)
		}
	})
}

func drawWheel(c *canvas, p parameters, hub point, r float64) {
	tyre := 5.5
	if p.is("knobbly") || p.get("frame") == "balance" {
		tyre = 8
	}
	if p.get("frame") != "trike" { // whose box is behind its wheel
		c.faint(d("M$ $m-$ 0a$ $ 0 1 0 $ 0a$ $ 0 1 0 -$ 0", hub.x, hub.y, r-4, r-4, r-4, 2*(r-4), r-4, r-4, 2*(r-4)), cream, 0.35)
	}
	if p.is("knobbly") {
		c.dashed(d("M$ $a$ $ 0 1 0 $ 0a$ $ 0 1 0 -$ 0", hub.x-r+1, hub.y, r-1, r-1, 2*(r-1), r-1, r-1, 2*(r-1)), ink, 4, "3.5 3.5")
	}
	spokes := ""
	for a := 0.0; a < 180; a += 22.5 {
		x1, y1 := around(hub.x, hub.y, r-8, a)
		x2, y2 := around(hub.x, hub.y, r-8, a+180)
		spokes += d("M$ $L$ $", x1, y1, x2, y2)
	}
	c.stroke(spokes, "#9aa6aa", 1)
	rim := 3.0
	if p.is("deep") {
		rim = 9
	}
	c.ring(hub.x, hub.y, r-tyre-rim/2+0.5, cloud, rim)
	if p.is("deep") {
		c.ring(hub.x, hub.y, r-tyre-rim/2+0.5, "#4a575d", rim)
	}
	c.ring(hub.x, hub.y, r-tyre/2, ink, tyre)
	c.circle(hub.x, hub.y, 5, steel)
}

func drawGuards(c *canvas, p parameters, g geometry) {
	guard := p.dark
	if p.get("frame") == "trike" || p.get("frame") == "bakfiets" {
		guard = "#48565c"
	}
	arc := func(hub point, r, from, to float64) {
		x1, y1 := around(hub.x, hub.y, r+4, from)
		x2, y2 := around(hub.x, hub.y, r+4, to)
		c.stroke(d("M$ $A$ $ 0 0 1 $ $", x1, y1, r+4, r+4, x2, y2), guard, 5)
	}
	arc(g.rear, g.rearRadius, 158, 318)
	arc(g.front, g.frontRadius, 196, 318)
}

func drawBikeRack(c *canvas, p parameters, g geometry) {
	top := g.rear.y - g.rearRadius - 14
	c.line(g.rear.x-42, top, g.seat.x-4, top, "#3a474d", 5)
	c.line(g.rear.x, g.rear.y, g.rear.x-22, top, "#3a474d", 3)
	c.line(g.rear.x, g.rear.y, g.rear.x+14, top, "#3a474d", 3)
	if p.get("battery") == "rack" {
		c.rect(g.rear.x-38, top+3, 66, 13, 4, ink)
		c.rect(g.rear.x-34, top+7, 14, 4, 2, p.light)
	}
	c.rect(g.rear.x-49, top-4, 8, 12, 3, red)
}

// drawLuggageBehind draws what the rear wheel carries.
func drawLuggageBehind(c *canvas, p parameters, g geometry) {
	top := g.rear.y - g.rearRadius - 14
	if p.is("panniers") {
		c.rect(g.rear.x-34, top+2, 56, 62, 9, palette["ochre"])
		c.rect(g.rear.x-34, top+2, 56, 17, 8, mix(palette["ochre"], "#1d2a33", 0.22))
		c.rect(g.rear.x-11, top+2, 8, 34, 2, ink)
	}
	if p.get("frame") == "longtail" {
		c.stroke(d("M$ $H$M$ $L$ $M$ $L$ $", 36, 136, 186, 84, 194, 56, 136, 84, 194, 118, 136), "#3a474d", 5)
		c.rect(38, 122, 116, 12, 6, p.dark)
		c.stroke("M42 122V96H108V122M75 96V122", p.base, 4)
		c.rect(64, 184, 58, 6, 3, "#3a474d")
		c.rect(30, 130, 8, 12, 3, red)
	}
	if p.is("bags") {
		c.fill(d("M$ $q-34 -16 -56 -6q-8 8 2 14q26 6 56 6z", g.saddle.x-2, g.saddle.y+12), palette["rust"])
		c.line(g.saddle.x-34, g.saddle.y+3, g.saddle.x-37, g.saddle.y+22, ink, 3)
	}
}

func drawFrame(c *canvas, p parameters, g geometry) {
	tube := func(a, b point, w float64) { c.line(a.x, a.y, b.x, b.y, p.base, w) }
	fork := p.base
	if p.get("fork") == "suspension" {
		fork = "#3a474d"
	}
	low := point{g.headLow.x, g.headLow.y}
	switch p.get("frame") {
	case "bakfiets":
		drawBox(c, p)
		c.stroke(d("M$ $C$ $ $ $ 240 222L330 222L$ $", g.crank.x, g.crank.y, 170.0, 214.0, 190.0, 222.0, g.front.x, g.front.y), p.base, 9)
		tube(g.crank, low, 7)
	case "trike":
		drawBox(c, p)
		tube(g.crank, point{232, 212}, 9)
		tube(g.crank, low, 7)
		drawWheel(c, p, g.front, g.frontRadius)
	default:
		c.stroke(d("M$ $Q$ $ $ $", low.x, low.y, low.x+10, low.y+32, g.front.x, g.front.y), fork, 6)
		if p.get("fork") == "suspension" {
			c.line(low.x+1, low.y+4, low.x+9, low.y+24, cloud, 6)
		}
	}
	switch p.get("frame") {
	case "diamond", "cross", "race", "longtail":
		tube(point{g.seat.x + 1, g.seat.y + 4}, point{g.headTop.x + 2, g.headTop.y + 8}, 6.5)
		tube(low, g.crank, 8)
	case "step":
		c.stroke(d("M$ $C$ $ $ $ $ $", low.x-1, low.y-4, 246, 178, 214, 200, g.crank.x, g.crank.y), p.base, 10)
	case "swan":
		c.stroke(d("M$ $C$ $ $ $ $ $", low.x-2, low.y-10, 240, 166, 204, 176, g.crank.x-6, g.crank.y-34), p.base, 5.5)
		c.stroke(d("M$ $C$ $ $ $ $ $", low.x, low.y, 248, 186, 222, 198, g.crank.x, g.crank.y), p.base, 6.5)
	case "mixte":
		c.stroke(d("M$ $L$ $M$ $L$ $", g.headTop.x+3, g.headTop.y+12, g.rear.x, g.rear.y, g.headTop.x+5, g.headTop.y+19, g.rear.x, g.rear.y), p.base, 3.5)
		tube(low, g.crank, 6.5)
	case "kids":
		c.stroke(d("M$ $Q$ $ $ $", low.x-2, low.y-6, 222, 178, g.seat.x+8, g.crank.y-26), p.base, 7)
		tube(low, g.crank, 8)
	case "balance":
		c.stroke(d("M$ $C$ $ $ $ $ $S$ $ $ $", low.x-3, low.y-10, 226, 176, 206, 182, g.crank.x, g.crank.y, 150, 180, g.rear.x, g.rear.y), p.base, 10)
		tube(point{g.crank.x - 8, g.crank.y - 2}, g.seat, 8)
	case "fold":
		c.stroke(d("M$ $C$ $ $ $ $ $", low.x-4, low.y-4, 236, 190, 210, 190, g.crank.x-4, g.crank.y-16), p.base, 11)
		c.rect(218, 176, 11, 22, 3, p.dark)
	}
	if p.get("battery") == "tube" && g.frontRadius == g.rearRadius {
		a, b := low, g.crank
		c.line(a.x+(b.x-a.x)*0.2, a.y+(b.y-a.y)*0.2+battery(p), a.x+(b.x-a.x)*0.72, a.y+(b.y-a.y)*0.72+battery(p), "#3a474d", 13)
		c.line(a.x+(b.x-a.x)*0.25, a.y+(b.y-a.y)*0.25+battery(p), a.x+(b.x-a.x)*0.4, a.y+(b.y-a.y)*0.4+battery(p), p.light, 2.5)
	}
	if p.get("battery") == "tube" && p.get("frame") == "bakfiets" {
		c.rect(g.rear.x+18, 118, 30, 12, 4, ink)
	}
	if p.get("frame") != "balance" {
		tube(g.rear, g.crank, 5)
		if p.get("frame") != "mixte" {
			tube(g.rear, point{g.seat.x + 2, g.seat.y + 8}, 4)
		}
		tube(g.crank, g.seat, 7)
	}
	tube(low, g.headTop, 9)
	if p.is("bags") {
		c.fill(d("M$ $L$ $L$ $z", g.seat.x+10, g.seat.y+10, g.headTop.x-6, g.headTop.y+15, g.crank.x+8, g.crank.y-22), palette["slate"])
	}
}

// battery is how far a battery hangs below the middle of its tube.
func battery(p parameters) float64 {
	if p.get("frame") == "step" {
		return 8
	}
	return 0
}

// drawBox draws the box of a cargo bike.
func drawBox(c *canvas, p parameters) {
	side, edge := "#c79a5f", "#a97c45"
	if p.get("box") == "foam" {
		side, edge = p.dark, p.base
	}
	left, right := 214.0, 340.0
	if p.get("frame") == "trike" {
		left, right = 216, 352
	}
	if p.is("hood") {
		c.fill(d("M$ 140C$ 84 $ 70 $ 72C$ 74 $ 100 $ 140z", left+2, left+6, left+30, left+60, right-26, right-8, right-4), mix(p.base, cream, 0.55))
		c.faint(d("M$ 134C$ 100 $ 84 $ 84L$ 84L$ 134z", left+16, left+18, left+32, left+54, left+60, left+60), "#ffffff", 0.55)
		c.faint(d("M$ 84C$ 88 $ 108 $ 134L$ 134L$ 84z", left+68, right-30, right-18, right-16, left+68, left+68), "#ffffff", 0.55)
	} else {
		c.rect(left+24, 116, 30, 22, 8, palette["brick"])
	}
	c.fill(d("M$ 132H$L$ 208H$z", left, right, right-14, left+10), side)
	c.fill(d("M$ 132H$L$ 142H$z", left, right, right-2, left+1), edge)
	if p.get("box") == "wood" {
		c.stroke(d("M$ 164H$M$ 186H$", left+6, right-6, left+9, right-10), edge, 2)
	}
}

func drawDrive(c *canvas, p parameters, g geometry) {
	if p.get("frame") == "balance" {
		return
	}
	rear, crank := g.rear, g.crank
	switch {
	case p.is("case"):
		c.fill(d("M$ $L$ $A15 15 0 0 1 $ $L$ $A9 9 0 0 1 $ $z", rear.x, rear.y-9, crank.x, crank.y-15, crank.x, crank.y+15, rear.x, rear.y+9, rear.x, rear.y-9), "#3f4d54")
	default:
		c.stroke(d("M$ $L$ $M$ $L$ $", rear.x, rear.y-6, crank.x, crank.y-12, rear.x, rear.y+6, crank.x, crank.y+12), ink, 2)
		c.ring(crank.x, crank.y, 12, "#3f4d54", 4)
	}
	if !p.is("case") && !p.is("belt") && (p.get("bars") == "drop" || p.get("bars") == "butterfly" || p.is("knobbly") || p.get("fork") != "") {
		c.circle(rear.x, rear.y, 10, "#6d7a80")
		c.line(rear.x+3, rear.y+10, rear.x+8, rear.y+22, "#3f4d54", 4)
	}
	switch p.get("motor") {
	case "mid":
		c.circle(crank.x+2, crank.y-2, 16, ink)
		c.circle(crank.x+2, crank.y-2, 9, "#56646b")
	case "front":
		c.circle(g.front.x, g.front.y, 15, "#48565c")
		c.circle(g.front.x, g.front.y, 6, steel)
	case "rear":
		c.circle(rear.x, rear.y, 14, "#48565c")
		c.circle(rear.x, rear.y, 5, steel)
	}
	reach := 24.0
	if p.get("frame") == "kids" || p.get("frame") == "fold" {
		reach = 20
	}
	x1, y1 := around(crank.x, crank.y, reach, 24)
	x2, y2 := around(crank.x, crank.y, reach, 204)
	c.line(x1, y1, x2, y2, steel, 4)
	c.rect(x1-8, y1-2, 17, 5, 2, ink)
	c.rect(x2-8, y2-2, 17, 5, 2, ink)
}

func drawSeat(c *canvas, p parameters, g geometry) {
	c.line(g.seat.x, g.seat.y, g.saddle.x+3, g.saddle.y+4, steel, 4.5)
	seat := ink
	if p.get("saddle") == "brown" {
		seat = hide
	}
	x, y := g.saddle.x, g.saddle.y
	if b := p.get("bars"); b == "swept" || b == "bmx" {
		c.fill(d("M$ $q-3 -10 12 -10q18 1 34 2q5 2 2 5q-16 0 -24 8q-16 6 -24 -5z", x-20, y), seat)
		return
	}
	c.fill(d("M$ $q-2 -7 10 -6q20 2 34 1q5 2 1 5q-16 0 -26 5q-14 3 -19 -5z", x-20, y), seat)
}

func drawBars(c *canvas, p parameters, g geometry) {
	x, y := g.bar.x, g.bar.y
	c.line(g.headTop.x, g.headTop.y, x, y, "#5b686e", 5)
	switch p.get("bars") {
	case "swept":
		c.stroke(d("M$ $q14 -2 8 -9q-14 -3 -34 6", x, y), "#5b686e", 4.5)
		c.stroke(d("M$ $q-7 3 -12 6", x-18, y-6), ink, 7)
	case "drop":
		c.stroke(d("M$ $H$q12 2 10 15q-3 14 -20 12", x, y, x+18), ink, 5)
		c.line(x+20, y-1, x+24, y+15, "#5b686e", 4)
	case "butterfly":
		c.stroke(d("M$ $q22 -12 26 -2q0 9 -16 10q-20 2 -26 -2", x-4, y), ink, 5)
	case "bmx":
		c.stroke(d("M$ $l6 -20q-12 -4 -24 0", x, y), "#5b686e", 5)
		c.stroke(d("M$ $h-12", x-10, y-21), p.dark, 8)
	default:
		c.stroke(d("M$ $q8 -4 4 -8l-18 2", x, y), "#5b686e", 4.5)
		c.line(x-4, y-8, x-15, y-6, ink, 7)
	}
	if p.get("frame") == "balance" {
		c.circle(x-13, y-7, 4, p.dark)
	}
}

// drawFrontLoad draws what is in front of the handlebar: lamp, carrier, basket, bags.
func drawFrontLoad(c *canvas, p parameters, g geometry) {
	x, y := g.headTop.x, g.headTop.y
	if p.is("frontrack") {
		c.line(x+12, y+22, x+62, y+22, "#3a474d", 5)
		c.line(g.front.x, g.front.y, x+44, y+22, "#3a474d", 3)
		switch {
		case p.is("basket"):
			weave(c, x+14, y-14, 48, 35, palette["sand"])
		case p.is("crate"):
			c.rect(x+12, y-16, 54, 36, 3, "#c79a5f")
			c.stroke(d("M$ $h54M$ $h54", x+12, y-4, x+12, y+8), "#a97c45", 2.5)
		case p.is("panniers"):
			c.rect(x+22, y+26, 40, 46, 8, palette["ochre"])
			c.rect(x+22, y+26, 40, 13, 6, mix(palette["ochre"], "#1d2a33", 0.22))
		}
	}
	if p.is("bags") {
		c.rect(g.bar.x+12, g.bar.y-4, 30, 24, 11, palette["rust"])
		c.line(g.bar.x+20, g.bar.y-4, g.bar.x+20, g.bar.y+20, ink, 2.5)
	}
	if p.is("lamp") && g.frontRadius == g.rearRadius {
		lx, ly := x+10, y+6
		if p.is("frontrack") {
			lx, ly = x+62, y+30
		}
		c.fill(d("M$ $l12 -4v16l-12 -4q-5 -4 0 -8z", lx, ly), ink)
		c.circle(lx+13, ly+4, 5, glow)
	} else if p.is("lamp") {
		c.circle(g.front.x-8, g.front.y-g.frontRadius-10, 6, glow)
	}
}

// weave draws a basket.
func weave(c *canvas, x, y, w, h float64, base string) {
	dark := mix(base, "#5a3a1c", 0.4)
	c.fill(d("M$ $h$l-$ $h-$z", x, y, w, w*0.1, h, w*0.8), base)
	for i := 1.0; i < 4; i++ {
		c.dashed(d("M$ $h$", x+w*0.025*i, y+h*i/4, w-w*0.05*i), dark, 2.5, "6 4")
	}
	c.stroke(d("M$ $h$", x, y, w), dark, 4.5)
}
