package demo

func drawTyre(c *canvas, p parameters) {
	c.shadow(120, 280)
	wall := "#3d4a51"
	if p.get("wall") == "tan" {
		wall = palette["sand"]
	}
	c.ring(200, 146, 88, ink, 22)
	c.ring(200, 146, 79, wall, 9)
	switch p.get("tread") {
	case "lines":
		c.ring(200, 146, 92, "#465359", 2)
		c.ring(200, 146, 83, "#dfe5e4", 2)
	case "blocks":
		c.dashed("M104 146a96 96 0 1 0 192 0a96 96 0 1 0 -192 0", "#4d5a60", 6, "9 5")
		c.ring(200, 146, 76, palette[p.get("ring")], 4)
	case "knobs":
		c.dashed("M101 146a99 99 0 1 0 198 0a99 99 0 1 0 -198 0", ink, 7, "5 5")
		c.dashed("M109 146a91 91 0 1 0 182 0a91 91 0 1 0 -182 0", "#4d5a60", 3, "3 6")
	}
	if p.is("shield") {
		c.fill("M200 108l30 11v26q0 26 -30 40q-30 -14 -30 -40v-26z", palette["ochre"])
		c.fill("M200 108l30 11v26q0 26 -30 40z", mix(palette["ochre"], "#1d2a33", 0.18))
		c.stroke("M186 144l11 12l18 -22", cream, 6)
	}
}

func drawTube(c *canvas, p parameters) {
	c.shadow(112, 300)
	c.stroke("M130 206C96 150 120 92 182 92S262 132 250 178S190 230 158 200S150 128 196 124S240 176 206 184", p.base, 17)
	c.stroke("M128 196C104 146 124 100 180 97", "#55636a", 3)
	c.line(246, 108, 262, 92, "#b99a55", 8)
	c.line(262, 92, 267, 87, ink, 6)
	c.rect(236, 190, 66, 54, 4, palette["ochre"])
	c.rect(236, 190, 66, 15, 4, mix(palette["ochre"], "#1d2a33", 0.25))
	c.ring(269, 224, 11, cream, 4)
}

func drawSaddle(c *canvas, p parameters) {
	c.shadow(126, 284)
	if p.get("shape") == "wide" {
		c.stroke("M128 218L196 220H220L262 180", steel, 5)
	} else {
		c.stroke("M142 186L196 214H220L262 180", steel, 5)
	}
	c.stroke("M150 182L200 206H226L270 170", steel, 5)
	c.rect(197, 204, 22, 40, 5, "#55636a")
	switch p.get("shape") {
	case "wide":
		c.fill("M104 150C104 116 150 112 190 130S270 150 296 152C306 160 300 172 286 172C250 172 230 176 206 190C170 204 108 198 104 150z", p.base)
		c.fill("M104 150C104 116 150 112 190 130C160 128 124 132 116 160C110 168 104 160 104 150z", "#55636a")
		for _, x := range []float64{128, 162} {
			c.stroke(d("M$ 178q18 4 0 10q-18 4 0 10q18 4 0 10q-18 4 0 10", x), "#7b898f", 5)
		}
	case "leather":
		c.fill("M102 148C112 128 146 132 186 146S280 152 302 150C310 156 306 168 292 170C250 176 224 176 204 188C170 204 104 198 102 148z", p.base)
		c.fill("M102 148C112 128 146 132 186 146S280 152 302 150C296 158 240 162 196 160S120 152 102 148z", p.light)
		for _, at := range [][2]float64{{112, 150}, {122, 146}, {134, 144}, {147, 144}, {292, 154}} {
			c.circle(at[0], at[1], 3.4, "#d9b25c")
		}
	case "sport":
		c.fill("M98 160C100 142 138 140 180 152S290 158 306 156C314 160 310 170 298 170C256 172 226 170 204 178C168 190 100 188 98 160z", p.base)
		c.fill("M128 156C170 156 230 166 286 163C240 170 180 168 128 156z", palette["rust"])
		c.fill("M98 160C100 142 138 140 180 152C150 150 116 156 106 172C100 170 98 166 98 160z", p.dark)
	case "noseless":
		c.ellipse(160, 158, 62, 32, p.dark)
		c.ellipse(240, 158, 62, 32, p.dark)
		c.ellipse(160, 152, 60, 29, p.base)
		c.ellipse(240, 152, 60, 29, p.base)
		c.ellipse(150, 143, 34, 11, p.light)
		c.ellipse(230, 143, 34, 11, p.light)
		c.rect(193, 134, 14, 44, 7, "#ccd7d2")
	}
}

func drawChain(c *canvas, p parameters) {
	c.shadow(96, 304)
	path := "M104 208C104 120 150 84 188 112S176 208 226 214S300 168 292 92"
	c.stroke(path, "#5d6a70", 22)
	c.dashed(path, p.base, 16, "18 6")
	c.dashed(path, "#5d6a70", 5, "5 19")
	c.within("translate(196 58) rotate(-8)", func() { // the quick link, open
		c.rect(0, 0, 52, 20, 10, palette["ochre"])
		c.rect(12, 7, 28, 6, 3, mix(palette["ochre"], "#1d2a33", 0.35))
	})
}

func drawCassette(c *canvas, p parameters) {
	c.shadow(124, 276)
	for i := 0; i < 7; i++ {
		r := 92 - float64(i)*10
		shade := mix("#6f7d83", p.light, float64(i%2)*0.55+0.15)
		c.dashed(d("M$ 150a$ $ 0 1 0 $ 0a$ $ 0 1 0 -$ 0", 200-r, r, r, 2*r, r, r, 2*r), shade, 8, "6 4")
		c.circle(200, 150, r-2, shade)
	}
	c.circle(200, 150, 22, ink)
	c.dashed("M184 150a16 16 0 1 0 32 0a16 16 0 1 0 -32 0", steel, 5, "5 4")
}

func drawBrakePads(c *canvas, p parameters) {
	c.shadow(120, 284)
	for _, x := range []float64{116, 212} {
		c.fill(d("M$ 92h42q8 0 8 8v28h10q8 0 8 10v74q0 10 -10 10h-56q-10 0 -10 -10v-74q0 -10 8 -10h0z", x), "#6d7a80")
		c.fill(d("M$ 146h52v62q0 6 -6 6h-40q-6 0 -6 -6z", x+2), p.base)
		c.fill(d("M$ 146h52v14h-52z", x+2), p.light)
		c.circle(x+25, 110, 9, "#e4e2e6")
	}
	c.stroke("M178 116h14l8 24l8 -24h14", palette["ochre"], 5)
	c.line(168, 232, 236, 232, steel, 6)
	c.circle(168, 232, 6, steel)
}

func drawBrakeShoes(c *canvas, p parameters) {
	c.shadow(96, 306)
	for i, y := range []float64{118, 188} {
		x := 92 + float64(i)*20
		c.rect(x, y, 180, 34, 12, p.base)
		c.rect(x, y+20, 180, 14, 7, "#55636a")
		c.rect(x+120, y, 60, 20, 10, palette["rust"])
		for k := 0.0; k < 3; k++ {
			c.line(x+30+k*28, y+22, x+30+k*28, y+34, ink, 4)
		}
		c.rect(x+82, y-26, 18, 30, 3, steel)
		c.rect(x+76, y-14, 30, 9, 3, "#6d7a80")
	}
}

func drawPedals(c *canvas, p parameters) {
	c.shadow(86, 318)
	for i, x := range []float64{84, 222} {
		y := 116 + float64(i)*36
		c.rect(x+62*float64(1-i)-20*float64(i)+10, y+28, 60, 12, 5, steel)
		c.rect(x, y, 96, 70, 14, p.base)
		c.rect(x+14, y+14, 68, 42, 6, "#e4e2e6")
		c.rect(x+14, y+28, 68, 13, 0, p.dark)
		c.rect(x+8, y+5, 80, 6, 3, ink)
		c.rect(x+8, y+59, 80, 6, 3, ink)
		c.rect(x+30, y-3, 36, 8, 3, palette["ochre"])
	}
}

func drawGrips(c *canvas, p parameters) {
	c.shadow(90, 310)
	for i, y := range []float64{104, 182} {
		x := 84 + float64(i)*30
		c.rect(x-10, y+10, 60, 22, 6, steel)
		c.fill(d("M$ $q70 -14 150 -6q34 4 36 24q2 34 -30 34q-40 0 -70 -12q-50 -4 -86 -4z", x+16, y+4), p.base)
		c.fill(d("M$ $q24 2 28 14q2 26 -28 24q-30 -2 -50 -10q40 -4 50 -28z", x+170, y+10), "#4a585f")
		c.rect(x+16, y+2, 16, 38, 5, palette["rust"])
		for k := 0.0; k < 5; k++ {
			c.line(x+46+k*14, y+10, x+46+k*14, y+32, "#4a585f", 3)
		}
	}
}

func drawBarTape(c *canvas, p parameters) {
	c.shadow(110, 300)
	for i, x := range []float64{150, 246} {
		y := 176 - float64(i)*14
		c.ellipse(x, y+46, 52, 18, p.dark)
		c.rect(x-52, y, 104, 46, 0, p.base)
		c.ellipse(x, y, 52, 18, p.light)
		c.ring(x, y, 10, p.dark, 3)
		c.stroke(d("M$ $c20 4 30 8 44 2M$ $c26 6 50 8 74 0", x-22, y+10, x-37, y-2), p.base, 2)
	}
	c.stroke("M198 222q30 30 66 6q24 -16 40 6", p.base, 13)
	c.circle(108, 232, 10, ink)
}

func drawBell(c *canvas, p parameters) {
	c.shadow(130, 270)
	c.rect(150, 208, 100, 24, 12, steel)
	c.rect(176, 190, 48, 30, 6, ink)
	c.fill("M112 190C112 118 152 92 200 92S288 118 288 190z", p.base)
	c.fill("M112 190C112 118 152 92 200 92C166 104 148 140 148 190z", p.light)
	c.rect(104, 184, 192, 14, 7, p.dark)
	c.circle(200, 88, 11, p.dark)
	c.stroke("M262 206q30 0 36 -22", ink, 7)
	c.circle(299, 180, 9, ink)
	c.stroke("M306 110q16 16 18 38M322 92q22 24 24 56", p.dark, 4)
}

func drawKickstand(c *canvas, p parameters) {
	c.shadow(110, 290)
	c.stroke("M186 116L150 226M214 116L250 226", "#5d6a70", 18)
	c.stroke("M184 120L150 222M212 120L248 222", p.base, 8)
	c.rect(146, 84, 108, 34, 8, "#3f4d54")
	c.rect(168, 72, 64, 18, 5, "#6d7a80")
	c.circle(170, 101, 6, steel)
	c.circle(230, 101, 6, steel)
	c.rect(128, 222, 42, 22, 8, ink)
	c.rect(230, 222, 42, 22, 8, ink)
	c.stroke("M172 158q28 18 56 0", palette["ochre"], 5)
}

func drawMirror(c *canvas, p parameters) {
	c.shadow(120, 230)
	c.stroke("M138 240V200Q138 168 172 160L206 150", p.base, 9)
	c.rect(110, 222, 56, 22, 8, "#5d6a70")
	c.circle(238, 122, 66, p.base)
	c.circle(238, 122, 57, "#a9cbd8")
	c.fill("M184 138q30 -22 54 -8t54 -6q0 50 -54 55q-46 -4 -54 -41z", "#8fae6f")
	c.fill("M226 178q8 -34 14 -48q6 16 22 44z", "#d8d3c5")
	c.faint("M196 96q20 -28 50 -30q-30 20 -42 56q-14 -8 -8 -26z", "#ffffff", 0.5)
	c.circle(192, 156, 9, "#5d6a70")
}

func drawRack(c *canvas, p parameters) {
	c.shadow(100, 300)
	c.stroke("M84 116H296M112 132H272", p.base, 9)
	c.stroke("M124 132L176 240M206 132L180 240M266 132L188 240M120 158H262", p.base, 6.5)
	c.line(296, 116, 322, 124, p.base, 6)
	for x := 130.0; x < 290; x += 44 {
		c.line(x, 100, x-12, 116, p.base, 6)
	}
	c.line(118, 100, 274, 100, p.base, 7)
	c.rect(68, 104, 18, 30, 5, red)
	c.circle(182, 240, 8, steel)
}
