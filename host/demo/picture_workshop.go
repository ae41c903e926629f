package demo

func drawMultitool(c *canvas, p parameters) {
	c.shadow(100, 300)
	for _, at := range [][3]float64{{124, 186, 228}, {124, 186, 254}, {124, 186, 282}, {276, 186, 262}, {276, 186, 292}, {276, 186, 322}} {
		x, y := around(at[0], at[1], 116, at[2])
		c.line(at[0], at[1], x, y, steel, 10)
		c.circle(x, y, 7, "#6d7a80")
	}
	c.rect(92, 162, 216, 56, 26, p.dark)
	c.rect(92, 156, 216, 52, 26, p.base)
	c.rect(136, 174, 128, 14, 7, p.light)
	c.circle(120, 182, 10, cloud)
	c.circle(280, 182, 10, cloud)
}

func drawFloorPump(c *canvas, p parameters) {
	c.shadow(130, 270)
	c.stroke("M214 218C300 226 304 120 262 132S232 190 268 206", ink, 7)
	c.rect(258, 196, 20, 28, 5, palette["ochre"])
	c.rect(190, 44, 20, 60, 3, steel)
	c.rect(132, 30, 136, 20, 10, ink)
	c.rect(182, 86, 36, 140, 8, p.base)
	c.rect(187, 90, 8, 130, 4, p.light)
	c.rect(178, 80, 44, 14, 5, p.dark)
	c.circle(200, 206, 27, ink)
	c.circle(200, 206, 21, cream)
	c.line(200, 206, 212, 194, red, 3.5)
	c.dashed("M185 212a17 17 0 1 1 30 0", ink, 3, "2 5")
	c.rect(120, 232, 160, 14, 6, p.dark)
}

func drawMiniPump(c *canvas, p parameters) {
	c.shadow(80, 320)
	c.within("rotate(-24 200 160)", func() {
		c.rect(70, 140, 190, 36, 10, p.base)
		c.rect(80, 146, 170, 8, 4, p.light)
		c.rect(256, 148, 60, 20, 4, steel)
		c.rect(306, 136, 40, 44, 10, ink)
		c.rect(54, 136, 26, 44, 8, ink)
		c.rect(120, 140, 12, 36, 0, p.dark)
		c.rect(220, 140, 12, 36, 0, p.dark)
	})
	c.stroke("M82 222C50 210 52 260 100 236", ink, 6)
}

func drawLevers(c *canvas, p parameters) {
	c.shadow(100, 300)
	for i, turn := range []string{"rotate(-26 200 240)", "", "rotate(26 200 240)"} {
		shade := []string{p.dark, p.base, p.light}[i]
		c.within(turn, func() {
			c.fill("M184 236V110Q184 70 206 58Q222 56 220 74Q206 80 216 112V236q-2 10 -16 10t-16 -10z", shade)
			c.rect(195, 130, 10, 62, 5, mix(shade, ink, 0.25))
			c.circle(200, 222, 6, mix(shade, ink, 0.4))
		})
	}
}

func drawPatchKit(c *canvas, p parameters) {
	c.shadow(76, 330)
	c.rect(84, 168, 176, 76, 12, p.dark)
	c.fill("M98 168L122 92H262L250 168z", p.base)
	c.fill("M112 158L132 104H248L238 158z", p.light)
	c.circle(178, 130, 19, cream)
	c.circle(178, 130, 11, palette["rust"])
	c.rect(96, 176, 152, 60, 8, mix(p.dark, ink, 0.35))
	c.circle(128, 206, 21, palette["rust"])
	c.circle(128, 206, 13, ink)
	c.rect(158, 190, 36, 30, 10, palette["rust"])
	c.rect(164, 196, 24, 18, 6, ink)
	c.circle(222, 206, 17, palette["rust"])
	c.circle(222, 206, 10, ink)
	c.within("rotate(14 300 200)", func() {
		c.fill("M276 168h48l4 60h-56z", palette["ochre"])
		c.rect(270, 226, 60, 10, 3, steel)
		c.rect(290, 150, 20, 20, 4, ink)
		c.rect(284, 188, 32, 22, 3, cream)
	})
}

func drawTorque(c *canvas, p parameters) {
	c.shadow(76, 324)
	c.within("rotate(-18 200 160)", func() {
		c.rect(60, 138, 120, 40, 18, p.base)
		for x := 74.0; x < 170; x += 14 {
			c.line(x, 142, x, 174, p.dark, 4)
		}
		c.rect(176, 146, 120, 24, 4, cloud)
		c.rect(190, 152, 52, 12, 3, cream)
		c.dashed("M194 158h44", ink, 8, "2 5")
		c.circle(312, 158, 30, "#6d7a80")
		c.circle(312, 158, 19, cloud)
		c.rect(304, 150, 16, 16, 3, ink)
	})
	for i, x := range []float64{122, 152, 182, 212, 242} {
		c.rect(x, 214, 14, 30, 3, []string{"#6d7a80", palette["rust"], "#6d7a80", palette["ochre"], "#6d7a80"}[i])
		c.rect(x+3, 202, 8, 14, 1, steel)
	}
}

func drawWorkStand(c *canvas, p parameters) {
	c.shadow(110, 300)
	c.line(200, 66, 200, 196, p.base, 14)
	c.line(200, 150, 200, 240, p.dark, 8)
	c.stroke("M200 186L122 242M200 186L290 242M200 196L212 246", p.base, 10)
	c.line(200, 74, 262, 74, p.dark, 12)
	c.rect(254, 56, 22, 36, 6, ink)
	c.rect(272, 50, 40, 14, 5, palette["ochre"])
	c.rect(272, 84, 40, 14, 5, palette["ochre"])
	c.line(230, 74, 230, 46, steel, 7)
	c.circle(230, 42, 9, ink)
	c.rect(186, 138, 28, 24, 6, ink)
	c.line(214, 150, 232, 150, steel, 6)
	c.rect(138, 178, 124, 12, 4, "#6d7a80")
	c.rect(148, 166, 30, 12, 3, palette["rust"])
	for _, x := range []float64{122, 290} {
		c.circle(x, 240, 8, ink)
	}
}

func drawToolbox(c *canvas, p parameters) {
	c.shadow(70, 330)
	c.fill("M82 150L96 66H304L318 150z", "#48565c")
	for i, x := range []float64{122, 150, 178, 206, 234, 262} {
		c.line(x, 84+float64(i%3)*6, x, 138, []string{steel, palette["ochre"], cloud}[i%3], 9)
	}
	c.rect(72, 148, 256, 94, 12, p.base)
	c.rect(72, 148, 256, 20, 8, p.dark)
	c.rect(156, 196, 88, 28, 10, p.dark)
	c.rect(168, 204, 64, 20, 8, mix(p.base, ink, 0.1))
	c.rect(106, 160, 26, 26, 5, steel)
	c.rect(268, 160, 26, 26, 5, steel)
}

func drawChecker(c *canvas, p parameters) {
	c.shadow(80, 320)
	c.stroke("M70 220H330", "#5d6a70", 20)
	c.dashed("M70 220H330", palette["cloud"], 14, "16 6")
	c.fill("M74 148Q80 116 116 116H284Q320 116 330 150L334 206H316L308 170Q300 156 280 156H122Q104 156 98 170L92 206H74z", p.base)
	c.fill("M116 116H284Q320 116 330 150Q318 132 284 132H116Q90 132 74 150Q80 116 116 116z", p.light)
	c.circle(144, 140, 9, "#dde1e3")
	c.circle(256, 140, 9, "#dde1e3")
	c.rect(178, 134, 44, 10, 3, palette["rust"])
}

func drawOil(c *canvas, p parameters) {
	c.shadow(150, 290)
	c.fill("M160 118Q160 100 182 96V76H218V96Q240 100 240 118V232q0 12 -12 12H172q-12 0 -12 -12z", p.base)
	c.fill("M160 118Q160 100 182 96V244H172q-12 0 -12 -12z", p.light)
	c.fill("M186 76L196 34H204L214 76z", palette["ochre"])
	c.rect(180, 72, 40, 12, 4, ink)
	c.rect(168, 138, 64, 74, 6, cream)
	c.fill("M200 150q24 30 0 48q-24 -18 0 -48z", p.base)
	c.fill("M270 196q22 30 0 44q-22 -14 0 -44z", palette["ochre"])
}

func drawCleaning(c *canvas, p parameters) {
	c.shadow(70, 336)
	c.rect(92, 114, 62, 130, 12, p.base)
	c.rect(112, 88, 22, 30, 3, p.dark)
	c.fill("M96 66h46v24h-30z", ink)
	c.stroke("M104 90q-14 12 -10 24", ink, 5)
	c.rect(100, 146, 46, 56, 5, cream)
	c.circle(116, 166, 7, p.light)
	c.circle(130, 180, 9, p.light)
	c.rect(168, 140, 52, 104, 10, palette["moss"])
	c.rect(182, 118, 24, 24, 4, ink)
	c.rect(174, 168, 40, 44, 4, cream)
	c.line(252, 66, 252, 160, palette["rust"], 13)
	c.rect(240, 156, 24, 26, 4, palette["rust"])
	c.fill("M238 182h28l4 60h-36z", ink)
	c.line(304, 110, 304, 176, palette["ochre"], 13)
	c.rect(280, 174, 48, 26, 8, palette["ochre"])
	c.dashed("M284 220H326", "#e9e4d8", 40, "5 3")
}

func drawGrease(c *canvas, p parameters) {
	c.shadow(116, 300)
	c.fill("M128 132H252L246 232q0 12 -12 12H146q-12 0 -12 -12z", p.base)
	c.fill("M128 132H164L166 244H146q-12 0 -12 -12z", p.light)
	c.fill("M134 132Q138 92 172 104Q186 74 214 96Q246 96 246 132z", "#efe0ae")
	c.fill("M172 104Q186 74 214 96Q196 100 190 118Q180 108 172 104z", "#f8efcd")
	c.rect(120, 124, 140, 18, 8, p.dark)
	c.rect(150, 160, 80, 60, 8, cream)
	c.ring(190, 190, 18, p.dark, 6)
	c.circle(190, 190, 6, p.dark)
	c.ellipse(294, 232, 40, 12, p.dark)
	c.ellipse(294, 228, 40, 12, "#3f4d54")
	c.ellipse(294, 226, 28, 7, "#5d6a70")
}

func drawWashBottle(c *canvas, p parameters) {
	c.shadow(130, 280)
	c.fill("M142 130Q142 108 166 104V84H214V104Q238 108 238 130V232q0 12 -12 12H154q-12 0 -12 -12z", p.base)
	c.fill("M222 120q38 -8 40 30v36q-2 22 -26 20v-18q12 2 12 -8v-26q0 -16 -20 -12z", p.dark)
	c.rect(166, 58, 48, 34, 8, cream)
	c.rect(152, 142, 76, 74, 8, "#eaf0ee")
	for _, at := range [][3]float64{{178, 170, 10}, {204, 162, 7}, {200, 190, 12}} {
		c.circle(at[0], at[1], at[2], palette["sky"])
		c.circle(at[0]-3, at[1]-3, at[2]*0.3, "#ffffff")
	}
	for _, at := range [][3]float64{{292, 92, 13}, {318, 126, 8}, {104, 100, 10}, {88, 140, 6}} {
		c.ring(at[0], at[1], at[2], palette["sky"], 3)
	}
}
