package demo

// inside draws a product without its backdrop, small.
func inside(c *canvas, p parameters, x, y, scale float64) {
	c.scaled(x, y, scale, func() { drawers[p.family](c, p) })
}

// tones returns the colour of a page's picture.
func tones(p parameters) colour {
	if palette[p.get("tone")] != "" {
		return colourOf(p.get("tone"))
	}
	return p.colour
}

// drawPage is a guide: an open book with its subject on the left and lines of text on the right.
func drawPage(c *canvas, p parameters, parts []parameters) {
	t := tones(p)
	c.rect(0, 0, 400, 300, 0, mix(t.base, cream, 0.3))
	c.fill("M0 210Q120 180 220 214T400 196V300H0z", mix(t.base, cream, 0.14))
	c.fill("M26 66Q120 44 200 68Q280 44 374 66V262Q280 240 200 264Q120 240 26 262z", mix(t.dark, ink, 0.25))
	c.fill("M34 58Q124 38 200 60V254Q124 232 34 252z", cream)
	c.fill("M366 58Q276 38 200 60V254Q276 232 366 252z", mix(cream, t.base, 0.1))
	c.fill("M200 60Q184 54 168 52V244Q184 246 200 254z", mix(cream, ink, 0.08))
	line := mix(cream, t.dark, 0.38)
	c.rect(226, 80, 86, 11, 5, t.base)
	for i := 0.0; i < 7; i++ {
		w := 112.0
		if int(i)%3 == 2 {
			w = 76
		}
		c.rect(226, 106+i*17, w, 6, 3, line)
	}
	c.fill("M318 50h20v58l-10 -10l-10 10z", palette["rust"])
	for _, part := range parts {
		switch part.family {
		case "bike", "tent":
			inside(c, part, 116, 198, 0.46)
		case "jacket", "sleepingbag", "shoe", "frontlight", "gloves", "patchkit":
			inside(c, part, 116, 206, 0.54)
		default:
			inside(c, part, 116, 216, 0.68)
		}
	}
}

// drawVersus is a comparison: two products on either side of a slanted line.
func drawVersus(c *canvas, p parameters, parts []parameters) {
	t := tones(p)
	c.rect(0, 0, 400, 300, 0, mix(t.base, cream, 0.58))
	c.fill("M226 0H400V300H174z", mix(t.base, cream, 0.28))
	c.line(226, -4, 174, 304, cream, 7)
	for i, part := range parts {
		scale := 0.52
		if part.family == "bike" {
			scale = 0.46
		}
		inside(c, part, 98+float64(i)*206, 206, scale)
	}
	c.circle(200, 150, 25, cream)
	c.stroke("M188 142h22l-6 -7M212 158h-22l6 7", t.dark, 4)
	for i, x := range []float64{56, 262} {
		for k := 0.0; k < 3; k++ {
			w := []float64{62, 40, 52, 46, 60, 34}[int(k)+i*3]
			c.rect(x, 244+k*13, 82, 6, 3, mix(cream, t.base, 0.35))
			c.rect(x, 244+k*13, w, 6, 3, t.dark)
		}
	}
}

// drawVerdict is a review: a speech bubble with the product, and stars below it.
func drawVerdict(c *canvas, p parameters, parts []parameters) {
	t := tones(p)
	c.rect(0, 0, 400, 300, 0, mix(t.base, cream, 0.42))
	c.circle(40, 40, 70, mix(t.base, cream, 0.52))
	c.circle(372, 280, 90, mix(t.base, cream, 0.32))
	c.fill("M72 26H328Q354 26 354 52V184Q354 210 328 210H152L112 244L116 210H72Q46 210 46 184V52Q46 26 72 26z", cream)
	for _, part := range parts {
		inside(c, part, 200, 194, 0.6)
	}
	const stars = 5
	for i := range stars {
		shade := palette["ochre"]
		if i >= int(p.get("stars")[0]-'0') {
			shade = mix(t.base, cream, 0.72)
		}
		x := 176 + float64(i)*38
		c.fill(d("M$ 232l6.5 14l15.500 1.800l-11.500 10.500l3.100 15.200l-13.600 -7.600l-13.600 7.600l3.100 -15.200l-11.500 -10.500l15.500 -1.800z", x), shade)
	}
}

// drawScene is an article: a place.
func drawScene(c *canvas, p parameters, _ []parameters) {
	switch p.get("place") {
	case "dyke":
		c.rect(0, 0, 400, 300, 0, "#bcd7df")
		c.circle(310, 70, 34, "#fbecc0")
		c.fill("M30 66q20 -22 46 -10q28 -18 48 6q20 -4 24 12H20q-2 -8 10 -8z", "#eef4f3")
		c.rect(0, 140, 400, 40, 0, "#7fb0bf")
		c.stroke("M20 152h60M120 164h80M240 150h70M330 166h50", "#a9cbd8", 4)
		c.fill("M244 140l10 -34l22 34z", cream)
		c.fill("M238 142h44q-4 12 -14 12h-18q-10 0 -12 -12z", palette["rust"])
		c.fill("M0 196Q140 150 400 172V300H0z", "#8fae6f")
		c.fill("M0 236Q180 190 400 224V300H0z", "#76975a")
		c.fill("M0 300Q120 236 400 240V262Q180 258 80 300z", "#d9c9a6")
		for _, at := range [][2]float64{{82, 196}, {124, 188}, {330, 196}} {
			c.ellipse(at[0], at[1], 15, 10, cream)
			c.circle(at[0]+15, at[1]-5, 6, ink)
			c.stroke(d("M$ $v10M$ $v10", at[0]-6, at[1]+8, at[0]+6, at[1]+8), ink, 3)
		}
		bike := parameters{settings: map[string]string{"frame": "diamond", "bars": "butterfly", "guards": "yes", "rack": "yes", "panniers": "yes"}, colour: p.colour}
		c.scaled(214, 254, 0.42, func() { drawBike(c, bike) })
	case "city":
		c.rect(0, 0, 400, 300, 0, "#f0d9b8")
		c.circle(92, 92, 40, "#fbecc8")
		houses := [][3]float64{{0, 96, 62}, {62, 74, 56}, {118, 110, 50}, {168, 66, 60}, {228, 92, 54}, {282, 76, 58}, {340, 104, 60}}
		for i, h := range houses {
			shade := []string{"#b1674c", "#8b5a4a", "#c08a5a", "#9a6a58", "#7c6a66", "#b5775a", "#94604c"}[i]
			top := h[1] + 50
			c.fill(d("M$ 232V$L$ $L$ $V232z", h[0], top, h[0]+h[2]/2, top-30, h[0]+h[2], top), shade)
			for k := 0.0; k < 3; k++ {
				c.rect(h[0]+h[2]*0.2, top+10+k*30, h[2]*0.22, 18, 2, "#f7e3b0")
				c.rect(h[0]+h[2]*0.58, top+10+k*30, h[2]*0.22, 18, 2, "#e9cf96")
			}
		}
		c.rect(0, 232, 400, 68, 0, "#8f9a9d")
		c.rect(0, 240, 400, 40, 0, "#a8574a")
		c.dashed("M0 260H400", cream, 3, "22 18")
		bike := parameters{settings: map[string]string{"frame": "step", "bars": "swept", "guards": "yes", "rack": "yes", "lamp": "yes", "case": "yes"}, colour: colourOf("teal")}
		c.scaled(196, 266, 0.55, func() { drawBike(c, bike) })
	case "camp":
		c.rect(0, 0, 400, 300, 0, "#f1cfa4")
		c.circle(288, 118, 46, "#f9e6b8")
		c.fill("M0 170Q100 120 200 160T400 140V300H0z", "#b8b07c")
		c.fill("M0 210Q140 176 400 204V300H0z", "#8d9a5e")
		for _, at := range [][2]float64{{44, 190}, {86, 178}, {348, 186}} {
			c.rect(at[0]-5, at[1], 10, 30, 2, "#7c543a")
			c.fill(d("M$ $l34 80h-68z", at[0], at[1]-72), palette["pine"])
		}
		c.scaled(190, 246, 0.62, func() {
			drawTent(c, parameters{settings: map[string]string{"shape": "dome"}, colour: colourOf("rust")})
		})
		kid := parameters{settings: map[string]string{"frame": "kids", "bars": "bmx", "guards": "yes"}, colour: colourOf("ochre")}
		c.scaled(322, 268, 0.34, func() { drawBike(c, kid) })
		flame(c, 92, 248, 0.55)
		c.line(74, 262, 110, 258, "#7c543a", 6)
		c.line(76, 257, 108, 263, "#8d6436", 6)
	case "night":
		c.rect(0, 0, 400, 300, 0, "#25334f")
		c.circle(298, 78, 32, "#f4e8c0")
		c.circle(310, 70, 28, "#25334f")
		for _, at := range [][2]float64{{40, 50}, {96, 84}, {150, 40}, {212, 70}, {360, 130}, {244, 30}, {70, 130}} {
			c.circle(at[0], at[1], 2.2, "#f4e8c0")
		}
		c.fill("M0 200Q110 160 220 190T400 176V300H0z", "#1d2a42")
		c.fill("M150 300Q196 230 214 204Q232 240 290 300z", "#56627a")
		c.faint("M206 214L90 300H330z", glow, 0.22)
		for i, at := range [][2]float64{{28, 240}, {78, 226}, {128, 216}, {306, 218}, {352, 236}, {392, 226}} {
			c.fill(d("M$ $l30 110h-60z", at[0], at[1]-100+float64(i%3)*14), "#16213a")
			c.rect(at[0]-5, at[1], 10, 34, 0, "#111a2e")
		}
		c.circle(206, 178, 8, "#3b4a66")
		c.fill("M196 216l3 -26q7 -6 14 0l3 26l-3 26h-5l-2 -20l-2 20h-5z", "#3b4a66")
		c.circle(206, 174, 3.5, glow)
		c.circle(344, 124, 3, glow)
		c.circle(354, 124, 3, glow)
	default: // workshop
		c.rect(0, 0, 400, 300, 0, "#d7c6a8")
		c.rect(24, 30, 352, 120, 8, "#b99a6b")
		for i, x := range []float64{56, 92, 128} {
			c.line(x, 52, x, 106+float64(i)*9, steel, 9)
			c.ring(x, 52, 9, steel, 6)
		}
		c.stroke("M172 52h44M194 52v60", "#7c543a", 10)
		c.rect(176, 44, 40, 18, 4, ink)
		c.within("translate(292 92) scale(0.52) translate(-200 -150)", func() { drawTyre(c, parameters{settings: map[string]string{"tread": "lines"}}) })
		c.rect(0, 214, 400, 18, 0, "#7c543a")
		c.rect(0, 232, 400, 68, 0, "#9a7650")
		bike := parameters{settings: map[string]string{"frame": "diamond", "bars": "swept", "guards": "yes", "rack": "yes", "case": "yes", "saddle": "brown"}, colour: colourOf("pine")}
		c.scaled(184, 216, 0.5, func() { drawBike(c, bike) })
		c.scaled(344, 216, 0.3, func() { drawOil(c, parameters{colour: colourOf("moss")}) })
		c.rect(28, 198, 46, 16, 3, palette["rust"])
		c.circle(94, 208, 6, steel)
		c.circle(110, 209, 5, steel)
	}
}

// drawSign is a help page: a round sign by the road, as those of a cycle route.
func drawSign(c *canvas, p parameters, _ []parameters) {
	c.rect(0, 0, 400, 300, 0, mix(p.base, cream, 0.72))
	c.fill("M0 232Q120 196 240 224T400 206V300H0z", mix(p.base, cream, 0.5))
	c.fill("M0 262Q160 240 400 258V300H0z", mix(p.base, cream, 0.34))
	c.rect(193, 200, 14, 78, 3, "#5d6a70")
	c.circle(200, 128, 102, p.dark)
	c.circle(200, 128, 94, cream)
	c.ring(200, 128, 84, p.base, 5)
	main, second := p.base, palette["ochre"]
	switch p.get("icon") {
	case "parcel":
		c.fill("M144 106L200 82L256 106L200 132z", mix("#d9a866", cream, 0.25))
		c.fill("M144 106L200 132V188L144 162z", "#d9a866")
		c.fill("M256 106L200 132V188L256 162z", "#b98a4c")
		c.fill("M166 96.600L222 121.800V140L214 144V126L158 100z", main)
	case "return":
		c.rect(158, 116, 84, 62, 6, "#d9a866")
		c.rect(190, 116, 20, 26, 0, "#b98a4c")
		c.stroke("M150 146C128 76 220 54 252 96", main, 11)
		c.fill("M262 114L230 100L262 78z", main)
	case "card":
		c.rect(136, 92, 128, 82, 12, main)
		c.rect(136, 108, 128, 17, 0, ink)
		c.rect(150, 142, 46, 10, 5, cream)
		c.circle(234, 152, 12, second)
		c.circle(246, 152, 12, palette["rust"])
	case "shield":
		c.fill("M200 66L252 86V128Q250 170 200 192Q150 170 148 128V86z", main)
		c.fill("M200 66L252 86V128Q250 170 200 192z", p.dark)
		c.stroke("M174 128l20 20l34 -40", cream, 12)
	case "ruler":
		c.within("rotate(-32 200 128)", func() {
			c.rect(124, 104, 152, 46, 6, main)
			for x := 138.0; x < 270; x += 14 {
				h := 12.0
				if int(x-138)%28 == 0 {
					h = 22
				}
				c.line(x, 106, x, 106+h, cream, 4)
			}
		})
	case "fit":
		c.ring(160, 158, 22, ink, 6)
		c.ring(240, 158, 22, ink, 6)
		c.stroke("M160 158L178 120H226L240 158M178 120L198 158L226 120M198 158H160M174 108h-12M226 120L222 104h14", main, 6)
		c.stroke("M146 80H254M146 70v20M254 70v20", second, 6)
		c.stroke("M158 74l-10 6l10 6M242 74l10 6l-10 6", second, 5)
	case "flag":
		c.line(168, 72, 168, 186, ink, 8)
		c.fill("M172 76H244L228 98L244 122H172z", main)
		c.fill("M172 76h24v23h-24zM220 76h24l-16 22h-8zM196 99h24v23h-24z", cream)
		c.stroke("M150 186q50 -14 104 0", second, 8)
	case "battery":
		c.rect(136, 98, 116, 62, 12, main)
		c.rect(252, 116, 14, 26, 4, main)
		c.rect(144, 106, 100, 46, 6, cream)
		c.rect(150, 112, 64, 34, 4, palette["green"])
		c.fill("M202 86l-24 46h18l-8 42l34 -54h-20z", second)
	case "wrench":
		c.within("rotate(42 200 128)", func() {
			c.rect(189, 98, 22, 96, 10, main)
			c.fill("M166 86Q166 60 186 54V82H214V54Q234 60 234 86T211 116H189Q166 112 166 86z", main)
			c.circle(200, 180, 6, cream)
		})
	default: // speech
		c.fill("M184 120H248Q262 120 262 134V164Q262 178 248 178L250 196L228 178H184Q170 178 170 164V134Q170 120 184 120z", second)
		c.fill("M146 74H232Q248 74 248 90V128Q248 144 232 144H192L164 168V144H146Q130 144 130 128V90Q130 74 146 74z", main)
		for _, x := range []float64{164, 191, 218} {
			c.circle(x-2, 109, 8, cream)
		}
	}
}
