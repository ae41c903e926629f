package demo

func drawHelmet(c *canvas, p parameters) {
	c.shadow(104, 306)
	c.stroke("M138 190Q160 240 206 238Q254 236 262 190", "#48565c", 6)
	c.rect(196, 230, 22, 14, 4, ink)
	switch p.get("shape") {
	case "sport":
		c.fill("M82 182C84 104 150 72 222 84S324 140 326 176C300 190 270 176 240 184S130 200 82 182z", p.base)
		for _, hole := range []string{"M122 132q30 -30 74 -32q-6 12 -44 30z", "M212 98q40 2 70 30q-30 4 -62 -8z",
			"M112 162q40 -22 82 -22q2 14 -30 24q-30 6 -52 -2z", "M212 138q50 -2 84 22q-30 12 -62 4q-24 -8 -22 -26z"} {
			c.fill(hole, p.dark)
		}
		c.stroke("M92 178q50 12 110 2t110 -6", p.light, 5)
	case "visor":
		c.fill("M86 190C78 108 136 70 204 70S318 110 314 172Q312 196 300 200H250q-40 -14 -80 0H100q-12 0 -14 -10z", p.base)
		c.fill("M210 70C262 72 310 104 314 160C280 120 240 108 210 108z", p.light)
		c.fill("M250 128H314q22 40 14 78q-40 16 -68 -2z", "#1f2a30")
		c.faint("M268 140h36q14 26 14 44z", "#ffffff", 0.3)
		c.rect(86, 154, 20, 26, 6, red)
		c.rect(140, 112, 40, 9, 4, p.dark)
	case "child":
		c.fill("M96 192C84 108 140 72 200 72S316 110 306 188Q204 212 96 192z", p.base)
		c.fill("M290 176q36 2 44 16q-20 12 -52 4z", p.dark)
		for _, at := range [][2]float64{{136, 128}, {180, 98}, {230, 104}, {272, 138}, {160, 168}, {214, 152}, {262, 180}, {118, 170}} {
			c.circle(at[0], at[1], 11, cream)
		}
		c.stroke("M98 190Q204 212 304 188", p.dark, 7)
	case "skate":
		c.fill("M96 190C92 104 144 74 202 74S310 108 306 190Q290 204 250 196Q200 184 150 200Q104 206 96 190z", p.base)
		c.stroke("M168 80Q150 130 156 190M232 80Q250 130 244 190", cream, 11)
		c.rect(186, 92, 28, 10, 5, p.dark)
		c.rect(186, 114, 28, 10, 5, p.dark)
	case "fold":
		c.fill("M92 188C86 110 136 76 178 74V196Q120 204 92 188z", p.base)
		c.fill("M186 74h32v122h-32z", p.dark)
		c.fill("M226 74C280 80 318 116 310 186Q270 204 226 196z", p.base)
		for _, y := range []float64{104, 138, 172} {
			c.circle(182, y, 6, steel)
			c.circle(222, y, 6, steel)
		}
		c.fill("M112 140q20 -30 46 -36v30q-24 4 -46 6zM246 104q30 8 44 38q-24 -2 -44 -8z", p.dark)
	default:
		c.fill("M88 188C82 104 140 70 202 70S318 106 312 186Q260 202 200 196T88 188z", p.base)
		c.fill("M88 188C82 104 140 70 202 70C150 90 120 130 118 192Q100 192 88 188z", p.light)
		for _, x := range []float64{164, 200, 236} {
			c.rect(x-8, 100, 16, 34, 8, p.dark)
		}
		c.stroke("M90 188Q200 210 310 186", hide, 8)
	}
}

func drawJacket(c *canvas, p parameters) {
	long, wide := 236.0, 0.0
	switch {
	case p.is("coat"):
		long = 246
	case p.is("kids"):
		long = 224
	case p.is("slim"):
		long, wide = 224, 8
	}
	c.fill("M142 92L92 116Q76 150 68 210L98 218L128 150z", p.dark)
	c.fill("M258 92L308 116Q324 150 332 210L302 218L272 150z", p.dark)
	c.fill(d("M142 90Q200 70 258 90L$ 160L$ $H$L$ 160z", 276-wide, 282-wide, long, 118+wide, 124+wide), p.base)
	c.fill(d("M200 86Q230 78 258 90L$ 160L$ $H200z", 276-wide, 282-wide, long), mix(p.base, p.dark, 0.35))
	c.rect(66, 200, 36, 12, 5, p.base)
	c.rect(298, 200, 36, 12, 5, p.base)
	if p.is("hood") {
		c.fill("M148 96C140 30 260 30 252 96Q226 114 200 112Q172 114 148 96z", p.dark)
		c.fill("M164 94C160 48 240 48 236 94Q200 112 164 94z", mix(p.dark, ink, 0.5))
	} else {
		c.fill("M160 88Q166 62 200 62T240 88Q200 104 160 88z", p.dark)
	}
	c.line(200, 106, 200, long-6, cream, 3.5)
	reflective := "#eef1ec"
	switch {
	case p.is("coat"):
		for y := 124.0; y < 230; y += 30 {
			c.circle(208, y, 5, hide)
		}
		c.rect(132, 176, 46, 34, 5, p.dark)
		c.rect(222, 176, 46, 34, 5, p.dark)
		c.line(122, 166, 278, 166, p.dark, 5)
	case p.is("chest"):
		c.fill("M124 150Q200 132 276 150V134L258 92Q200 76 142 92z", p.dark)
		c.line(200, 106, 200, long-6, palette["ochre"], 4)
		c.rect(222, 126, 34, 5, 2, palette["ochre"])
		c.rect(134, 192, 40, 6, 3, p.light)
		c.rect(226, 192, 40, 6, 3, p.light)
	case p.is("slim"):
		c.line(140, 178, 260, 178, reflective, 5)
		c.rect(222, 120, 26, 5, 2, cream)
		c.rect(306, 222, 50, 24, 11, p.dark)
		c.rect(306, 222, 12, 24, 6, p.base)
		c.stroke("M356 230q10 2 6 12", ink, 3)
	case p.is("kids"):
		for _, at := range [][2]float64{{154, 140}, {174, 190}, {236, 150}, {252, 200}, {146, 206}, {226, 196}} {
			c.fill(d("M$ $q12 16 0 22q-12 -6 0 -22z", at[0], at[1]-10), reflective)
		}
	default:
		c.line(127, 196, 273, 196, reflective, 7)
		c.rect(140, 158, 36, 6, 3, p.dark)
		c.rect(224, 158, 36, 6, 3, p.dark)
		c.line(86, 168, 104, 174, reflective, 6)
		c.line(314, 168, 296, 174, reflective, 6)
	}
}

func drawTrousers(c *canvas, p parameters) {
	leg := 0.0
	if p.family == "tights" {
		leg = 14
	}
	c.fill(d("M138 58H200V100L$ 242H$z", 186-leg/2, 118+leg), p.base)
	c.fill(d("M262 58H200V100L$ 242H$z", 214+leg/2, 282-leg), mix(p.base, p.dark, 0.6))
	c.fill("M138 58H262V78H138z", p.dark)
	if p.family == "tights" {
		c.fill("M132 158q22 -10 56 0l-2 40q-24 8 -48 0zM268 158q-22 -10 -56 0l2 40q24 8 48 0z", p.light)
		c.line(146, 234, 168, 234, "#eef1ec", 5)
		c.line(232, 234, 254, 234, "#eef1ec", 5)
		c.fill("M178 96q22 24 44 0v26q-22 16 -44 0z", p.dark)
		return
	}
	c.line(132, 140, 124, 236, palette["ochre"], 4)
	c.line(268, 140, 276, 236, palette["ochre"], 4)
	c.line(122, 210, 186, 210, "#eef1ec", 6)
	c.line(214, 210, 278, 210, "#eef1ec", 6)
	c.stroke("M190 68q10 18 20 0", cream, 3)
}

func drawShorts(c *canvas, p parameters) {
	c.fill("M118 84H200V140L190 230H92z", "#3c4a51")
	c.fill("M282 84H200V140L210 230H308z", p.base)
	c.rect(116, 76, 168, 26, 8, "#48565c")
	c.fill("M118 102L98 216H116Q136 150 134 102z", p.light)
	c.fill("M282 102L302 216H284Q264 150 266 102z", p.light)
	c.rect(222, 188, 40, 8, 4, "#e3e8e4")
	c.line(94, 216, 191, 216, palette["rust"], 7)
	c.line(209, 216, 306, 216, palette["rust"], 7)
}

func drawPoncho(c *canvas, p parameters) {
	c.shadow(90, 310)
	c.fill("M200 72C130 96 84 170 66 226Q130 250 200 244T334 226C316 170 270 96 200 72z", p.base)
	c.fill("M200 72C270 96 316 170 334 226Q270 250 200 244z", mix(p.base, p.dark, 0.4))
	c.fill("M154 96C146 30 254 30 246 96Q200 122 154 96z", p.dark)
	c.fill("M170 94C166 50 234 50 230 94Q200 108 170 94z", mix(p.dark, ink, 0.5))
	c.faint("M160 178h80l14 50q-54 10 -108 0z", "#ffffff", 0.55)
	c.stroke("M74 214Q200 250 326 214", "#eef1ec", 5)
	c.line(200, 112, 200, 150, cream, 4)
}

func drawOvershoes(c *canvas, p parameters) {
	c.shadow(70, 330)
	for i, x := range []float64{0, 128} {
		y := float64(i) * 4
		c.fill(d("M$ $q24 -8 50 0l6 60q8 28 52 34q12 6 12 26h-118q-8 -40 -2 -120z", 82+x, 118+y), p.base)
		c.line(96+x, 124+y, 92+x, 222+y, palette["ochre"], 4)
		c.rect(80+x, 232+y, 122, 9, 4, "#55636a")
		c.rect(84+x, 118+y, 48, 11, 5, "#55636a")
		c.stroke(d("M$ $q18 18 40 22", 132+x, 190+y), "#eef1ec", 5)
	}
}

func drawRainSuit(c *canvas, p parameters) {
	c.fill("M146 104L98 122L84 182L112 188L140 142z", p.dark)
	c.fill("M254 104L302 122L316 182L288 188L260 142z", p.dark)
	c.fill("M144 100Q200 84 256 100L264 180L258 236H210L200 196L190 236H142L136 180z", p.base)
	c.fill("M148 102C136 30 264 30 252 102Q200 124 148 102z", p.dark)
	c.fill("M168 98C162 54 238 54 232 98Q200 112 168 98z", mix(p.dark, ink, 0.4))
	for _, x := range []float64{168, 232} {
		c.circle(x, 50, 13, palette["green"])
		c.circle(x, 48, 7, cream)
		c.circle(x, 48, 3.5, ink)
	}
	c.line(200, 114, 188, 216, cream, 4)
	c.line(140, 172, 260, 172, "#eef1ec", 6)
	c.rect(138, 228, 52, 14, 6, palette["green"])
	c.rect(210, 228, 52, 14, 6, palette["green"])
}

// torso draws what covers the body without sleeves.
func torso(c *canvas, base, side string) {
	c.fill("M150 76Q200 60 250 76V106H150z", mix(side, ink, 0.45))
	c.fill("M150 74Q168 100 200 102V238H124L128 150Q150 124 150 74z", base)
	c.fill("M250 74Q232 100 200 102V238H276L272 150Q250 124 250 74z", side)
}

func drawVest(c *canvas, p parameters) {
	torso(c, p.base, mix(p.base, p.dark, 0.3))
	c.fill("M150 74q50 -24 100 0q-10 34 -50 34t-50 -34z", p.dark)
	c.line(200, 104, 200, 234, ink, 4)
	c.line(126, 192, 274, 192, "#eef1ec", 8)
	c.fill("M124 228H276V240H124z", p.dark)
}

func drawHiVis(c *canvas, p parameters) {
	torso(c, p.base, mix(p.base, p.dark, 0.18))
	c.dashed("M140 120H260M132 150H268M128 182H272M126 214H274", p.dark, 1.5, "3 5")
	c.stroke("M160 86V236M240 86V236", "#f4f6f2", 15)
	c.stroke("M128 176H272M126 212H274", "#f4f6f2", 15)
	c.stroke("M160 86V236M240 86V236M128 176H272M126 212H274", "#aab4b6", 3)
	c.line(200, 102, 200, 236, ink, 4)
}

func drawJersey(c *canvas, p parameters) {
	c.fill("M146 76L96 102L76 160L112 174L128 152L176 124z", p.dark)
	c.fill("M254 76L304 102L324 160L288 174L272 152L224 124z", p.dark)
	if p.is("long") {
		c.fill("M80 150L62 232L90 238L116 168zM320 150L338 232L310 238L284 168z", p.dark)
	}
	torso(c, p.base, mix(p.base, p.dark, 0.3))
	c.fill("M160 72q40 -12 80 0q-8 36 -40 36t-40 -36z", p.dark)
	if p.is("long") {
		c.stroke("M128 150q72 20 144 0M126 194q74 20 148 0", p.light, 3)
		c.stroke("M140 104q-2 60 -10 128M260 104q2 60 10 128", p.light, 3)
		return
	}
	c.line(200, 106, 200, 160, cream, 4)
	c.fill("M127 140H273V156H127z", palette["ochre"])
	c.fill("M126 164H274V174H126z", cream)
	c.line(172, 196, 172, 236, p.dark, 3)
	c.line(228, 196, 228, 236, p.dark, 3)
	c.line(126, 196, 274, 196, p.dark, 4)
}

func drawFleece(c *canvas, p parameters) {
	c.fill("M146 80L98 104Q78 160 66 224L98 230L128 152L176 124z", p.dark)
	c.fill("M254 80L302 104Q322 160 334 224L302 230L272 152L224 124z", p.dark)
	torso(c, p.base, mix(p.base, p.dark, 0.25))
	c.fill("M156 84V52q44 -16 88 0V84q-44 26 -88 0z", p.dark)
	c.line(200, 58, 200, 148, cream, 5)
	c.rect(192, 144, 16, 18, 4, palette["rust"])
	c.rect(222, 136, 36, 30, 5, p.dark)
	c.dashed("M136 180H264M134 200H266M134 220H266", p.light, 4, "2 9")
}

func drawPuffer(c *canvas, p parameters) {
	torso(c, p.base, mix(p.base, p.dark, 0.28))
	c.fill("M154 82V58q46 -16 92 0V82q-46 26 -92 0z", p.dark)
	for y := 122.0; y < 236; y += 24 {
		left := 131 - (y-122)*0.04
		if y < 150 {
			left = 145
		}
		half := (200 - left)
		c.stroke(d("M$ $q$ 12 $ 0q$ 12 $ 0", left, y, half/2, half, half/2, half), p.dark, 4)
	}
	c.line(200, 60, 200, 236, ink, 5)
	c.rect(250, 208, 64, 36, 16, p.dark)
	c.rect(254, 204, 18, 10, 4, ink)
}

func drawGloves(c *canvas, p parameters) {
	c.shadow(90, 310)
	short := p.is("short")
	for _, flip := range []string{"", "translate(400 0) scale(-1 1)"} {
		c.within(flip, func() {
			tip := 74.0
			if short {
				tip = 104
			}
			for k, x := range []float64{92, 116, 140, 162} {
				c.line(x, tip+[]float64{18, 0, 2, 16}[k], x+4, 150, p.base, 20)
			}
			c.line(192, 140, 172, 178, p.base, 20)
			c.fill("M82 140H176L178 200Q130 214 90 200z", p.base)
			c.fill("M90 198Q130 212 178 198L182 240H88z", p.dark)
			c.rect(88, 204, 94, 10, 3, p.light)
			if short {
				c.dashed("M96 160H166M98 176H168", p.dark, 7, "10 7")
			} else {
				c.stroke("M100 166q30 14 64 0", palette["ochre"], 5)
			}
		})
	}
}

func drawHat(c *canvas, p parameters) {
	c.shadow(110, 290)
	c.fill("M114 196C106 96 150 62 200 62S294 96 286 196z", p.base)
	for _, x := range []float64{-58, -30, 0, 30, 58} {
		c.stroke(d("M$ 194Q$ 110 200 66", 200+x, 200+x*0.9), p.dark, 3)
	}
	c.rect(104, 184, 192, 56, 16, p.dark)
	for x := 122.0; x < 290; x += 20 {
		c.line(x, 192, x, 232, p.base, 5)
	}
	c.rect(222, 204, 26, 18, 3, cream)
}

func drawSocks(c *canvas, p parameters) {
	c.shadow(80, 330)
	for i, name := range []string{"slate", "ochre"} {
		x := 70 + float64(i)*110
		y := float64(i) * 6
		col := colourOf(name)
		c.fill(d("M$ $h52v86q6 14 58 30q28 12 22 40q-60 10 -104 -8q-30 -14 -28 -50z", x+10, 70+y), col.base)
		c.fill(d("M$ $h52v28h-52z", x+10, 70+y), col.dark)
		c.fill(d("M$ $q30 10 28 36q-24 6 -44 2q0 -24 16 -38z", x+114, 185+y), col.dark)
		c.fill(d("M$ $q-2 34 26 46q16 -22 2 -42q-14 -10 -28 -4z", x+10, 168+y), col.dark)
		c.stroke(d("M$ $h48M$ $h48", x+12, 116+y, x+12, 130+y), col.light, 5)
	}
}

func drawShoe(c *canvas, p parameters) {
	c.shadow(74, 332)
	scale := 1.0
	if p.get("height") == "kids" {
		scale = 0.82
	}
	c.scaled(200, floor, scale, func() {
		top := map[string]float64{"low": 136, "trail": 140, "mid": 106, "high": 72, "kids": 116}[p.get("height")]
		c.fill("M84 214H322Q336 214 336 226V236Q336 244 326 244H92Q80 244 80 232z", ink)
		c.dashed("M92 246H326", p.dark, 8, "16 7")
		c.fill("M82 206H332V224H80z", p.dark)
		c.fill(d("M92 $Q132 $ 180 $L196 152Q236 184 300 194Q334 202 332 224H80Q72 176 92 $z", top, top-10, top-2, top), p.base)
		c.fill("M262 178q66 8 70 36v6h-92q-6 -26 22 -42z", p.dark)
		c.fill("M84 186q24 -6 40 8v26H80q0 -20 4 -34z", p.dark)
		c.fill(d("M86 $q46 -18 94 -4l4 14q-50 -12 -100 6z", top-2), p.light)
		for k := 0.0; k < 5; k++ {
			y := top + 16 + k*(168-top)/4.6
			x := 180 + 16*(y-top)/(152-top)
			if y > 152 {
				x = 196 + (y-152)*1.7
			}
			if p.get("height") == "kids" && k > 2 {
				c.line(x-34, y, x, y+6, cream, 9)
				break
			}
			c.line(x-28, y+5, x-2, y, cream, 5)
		}
		if p.get("height") == "trail" {
			c.stroke("M120 206L150 160L182 206L212 170", p.light, 6)
		}
		if p.get("height") == "high" {
			c.stroke(d("M96 $q40 12 84 -4", top+44), p.dark, 4)
		}
	})
}

func drawSandal(c *canvas, p parameters) {
	c.shadow(80, 330)
	c.fill("M84 212Q140 226 200 216T322 208Q340 212 336 228Q334 244 316 244H96Q80 244 80 230z", ink)
	c.fill("M84 204Q140 218 200 208T322 200Q338 206 334 222Q200 236 84 222z", hide)
	c.stroke("M112 208C104 160 120 132 152 124M152 124C190 140 200 170 206 208M130 206C150 150 190 150 212 204", p.base, 17)
	c.stroke("M246 206C250 168 292 160 306 202", p.base, 26)
	c.fill("M276 206q6 -36 34 -30q24 10 22 32z", p.base)
	c.rect(150, 114, 26, 22, 5, palette["ochre"])
	c.rect(176, 156, 24, 20, 5, palette["ochre"])
	c.stroke("M212 204C222 180 238 176 252 180", p.light, 8)
}

func drawGaiters(c *canvas, p parameters) {
	c.shadow(84, 316)
	for _, x := range []float64{84, 212} {
		c.fill(d("M$ 84h84l6 90l14 50h-100l-6 -50z", x+8), p.base)
		c.fill(d("M$ 84h84v20h-84z", x+8), p.dark)
		c.fill(d("M$ 174h94l14 50h-110z", x+2), p.dark)
		c.line(x+52, 88, x+58, 222, palette["ochre"], 6)
		c.stroke(d("M$ 222q36 34 76 0", x+14), ink, 6)
		c.rect(x+36, 92, 28, 9, 3, steel)
	}
}

func drawBriefs(c *canvas, p parameters) {
	c.shadow(110, 290)
	c.fill("M96 104H304L296 160Q240 170 222 232H178Q160 170 104 160z", p.base)
	c.rect(94, 92, 212, 28, 8, p.dark)
	c.fill("M176 142q24 10 48 0q2 52 -16 80h-16q-18 -28 -16 -80z", palette["sky"])
	c.stroke("M104 160Q160 170 178 232M296 160Q240 170 222 232", p.light, 4)
}

func drawBelt(c *canvas, p parameters) {
	c.shadow(90, 310)
	c.fill("M76 112Q200 80 324 112V166Q290 164 262 186Q200 226 138 186Q110 164 76 166z", p.base)
	c.fill("M76 112Q200 80 324 112V130Q200 98 76 130z", p.light)
	c.stroke("M110 152Q200 130 290 152M138 178Q200 160 262 178", p.dark, 4)
	c.rect(62, 108, 40, 62, 10, p.dark)
	c.rect(298, 108, 40, 62, 10, p.dark)
	c.fill("M200 150q-14 -14 -22 0q0 14 22 26q22 -12 22 -26q-8 -14 -22 0z", palette["rust"])
}
