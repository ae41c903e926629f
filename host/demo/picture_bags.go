package demo

func drawDoublePannier(c *canvas, p parameters) {
	c.shadow(80, 320)
	c.rect(120, 92, 160, 26, 8, p.dark)
	for _, x := range []float64{78, 210} {
		c.rect(x, 104, 112, 138, 16, p.base)
		c.fill(d("M$ 118q0 -16 16 -16h80q16 0 16 16v38q0 12 -14 12h-84q-14 0 -14 -12z", x), p.dark)
		c.rect(x+48, 140, 16, 42, 4, cream)
		c.rect(x+46, 166, 20, 14, 4, steel)
		c.rect(x+10, 206, 92, 7, 3, "#e3e8e4")
	}
	c.stroke("M176 92q24 -26 48 0", ink, 7)
}

func drawRollPannier(c *canvas, p parameters) {
	c.shadow(84, 318)
	for i, x := range []float64{178, 84} {
		shade := p
		if i == 0 {
			shade.base, shade.light = p.dark, p.base
		}
		c.fill(d("M$ 100h138l8 128q0 14 -14 14h-126q-14 0 -14 -14z", x), shade.base)
		c.fill(d("M$ 212h150v16q0 14 -14 14h-126q-14 0 -14 -14z", x-5), "#3a474d")
		c.rect(x-4, 84, 146, 24, 10, shade.light)
		c.line(x+6, 96, x+130, 96, shade.base, 3)
		c.line(x+16, 104, x+16, 150, ink, 6)
		c.line(x+122, 104, x+122, 150, ink, 6)
		c.circle(x+69, 168, 22, "#eef1ee")
		c.stroke(d("M$ 172q8 -12 16 0t16 0", x+53), palette["sea"], 4)
	}
}

func drawOfficeBag(c *canvas, p parameters) {
	c.shadow(84, 316)
	c.stroke("M110 120C110 20 290 20 290 120", ink, 7)
	c.rect(84, 104, 232, 138, 14, p.base)
	c.fill("M84 118q0 -14 14 -14h204q14 0 14 14v46q-116 30 -232 0z", p.dark)
	c.rect(150, 92, 100, 16, 8, ink)
	c.rect(118, 150, 22, 52, 5, hide)
	c.rect(260, 150, 22, 52, 5, hide)
	c.rect(120, 178, 18, 12, 3, "#d9b25c")
	c.rect(262, 178, 18, 12, 3, "#d9b25c")
	c.rect(168, 202, 64, 6, 3, "#e3e8e4")
}

func drawHandlebarBag(c *canvas, p parameters) {
	c.shadow(104, 296)
	c.line(60, 84, 340, 84, "#5d6a70", 13)
	c.line(60, 84, 92, 84, ink, 19)
	c.line(308, 84, 340, 84, ink, 19)
	c.rect(182, 74, 36, 36, 6, ink)
	c.rect(108, 108, 184, 134, 18, p.base)
	c.fill("M102 122q0 -18 18 -18h160q18 0 18 18v24h-196z", p.dark)
	c.fill("M132 110h136l6 26h-148z", "#c7dbe0")
	c.stroke("M146 128l24 -10l18 8l30 -10l26 8", palette["moss"], 4)
	c.rect(186, 140, 28, 22, 5, cream)
	c.rect(126, 184, 148, 44, 10, p.dark)
	c.rect(126, 184, 148, 8, 4, p.light)
}

func drawSaddleBag(c *canvas, p parameters) {
	c.shadow(116, 284)
	c.stroke("M96 92q30 -22 92 -8q70 14 116 8q14 12 -8 22q-80 -4 -116 12q-56 14 -84 -34z", ink, 1)
	c.fill("M96 92q30 -22 92 -8q70 14 116 8q14 12 -8 22q-80 -4 -116 12q-56 14 -84 -34z", ink)
	c.fill("M112 140q0 -18 20 -18h118q34 0 40 40q2 34 -30 56q-60 34 -124 4q-24 -14 -24 -82z", p.base)
	c.stroke("M130 178q70 26 148 -8", p.dark, 5)
	c.line(150, 104, 150, 146, palette["rust"], 9)
	c.line(232, 108, 232, 146, palette["rust"], 9)
	c.rect(118, 188, 38, 9, 4, "#e3e8e4")
	c.circle(270, 176, 7, steel)
}

func drawFrameBag(c *canvas, p parameters) {
	c.shadow(120, 300)
	c.stroke("M92 84L154 236L312 92z", cloud, 17)
	c.line(92, 84, 84, 64, cloud, 15)
	c.line(312, 92, 318, 60, cloud, 19)
	c.fill("M112 100H290L162 214z", p.base)
	c.fill("M112 100H290L266 122H121z", p.dark)
	c.line(136, 136, 236, 136, ink, 5)
	c.rect(230, 131, 18, 10, 3, palette["ochre"])
	for _, at := range [][4]float64{{136, 82, 136, 104}, {250, 86, 250, 106}, {122, 168, 142, 160}, {222, 172, 206, 158}} {
		c.line(at[0], at[1], at[2], at[3], ink, 9)
	}
}

func drawWicker(c *canvas, p parameters) {
	c.shadow(104, 296)
	dark := mix(p.base, "#5a3a1c", 0.45)
	c.fill("M92 112H308L284 242H116z", p.base)
	for y := 128.0; y < 240; y += 15 {
		in := (y - 112) * 0.185
		dashes := "14 7"
		if int(y)%2 == 0 {
			dashes = "7 14"
		}
		c.dashed(d("M$ $H$", 92+in, y, 308-in), dark, 7, dashes)
	}
	c.line(92, 112, 308, 112, dark, 15)
	c.stroke("M150 104V176M250 104V176", hide, 12)
	c.rect(142, 148, 16, 13, 3, "#d9b25c")
	c.rect(242, 148, 16, 13, 3, "#d9b25c")
	c.stroke("M160 100q-12 -40 10 -46M206 102q4 -44 22 -50M226 100q20 -30 32 -26", palette["moss"], 6)
	c.circle(172, 52, 11, palette["raspberry"])
	c.circle(230, 50, 11, palette["ochre"])
	c.circle(262, 72, 10, palette["rust"])
}

func drawCrate(c *canvas, p parameters) {
	c.shadow(86, 314)
	c.fill("M76 116H324L312 242H88z", p.base)
	c.fill("M104 100H296L324 116H76z", p.dark)
	c.rect(70, 112, 260, 20, 8, p.light)
	for row := 0.0; row < 3; row++ {
		for col := 0.0; col < 5; col++ {
			c.rect(102+col*41+row, 146+row*32, 31-row*0.5, 20, 6, p.dark)
		}
	}
	c.rect(162, 142, 76, 26, 12, p.base)
	c.rect(168, 147, 64, 16, 8, p.dark)
}

func drawShopper(c *canvas, p parameters) {
	c.shadow(106, 300)
	c.stroke("M156 112C156 40 244 40 244 112", p.dark, 11)
	c.fill("M96 106H304L288 230q-2 12 -14 12H126q-12 0 -14 -12z", p.base)
	c.fill("M96 106H304L301 130H99z", p.dark)
	c.stroke("M118 150q26 26 54 0t54 0t54 0M122 186q26 26 52 0t52 0t52 0", p.light, 6)
	c.stroke("M188 106C184 60 206 64 204 40M226 106q-2 -30 14 -46", palette["moss"], 7)
	c.fill("M204 40q-16 -6 -18 -20q18 2 22 16q2 -16 18 -20q0 16 -22 24z", palette["green"])
}

func drawBackpack(c *canvas, p parameters) {
	size := map[string]float64{"9": 0.66, "20": 0.82, "24": 0.86, "32": 0.92, "50": 1, "65": 1.06}[p.get("size")]
	c.shadow(200-78*size, 200+78*size)
	c.scaled(200, floor, size, func() {
		if p.is("mat") {
			c.rect(92, 216, 216, 30, 15, palette["ochre"])
			c.circle(106, 231, 15, mix(palette["ochre"], "#1d2a33", 0.25))
		}
		if p.is("poles") {
			c.line(284, 60, 296, 236, steel, 5)
			c.line(284, 60, 282, 40, ink, 9)
		}
		c.stroke("M176 62q24 -28 48 0", ink, 8)
		c.stroke("M126 130Q92 180 124 226", p.dark, 13)
		c.stroke("M274 130Q308 180 276 226", p.dark, 13)
		if p.is("roll") {
			c.rect(124, 76, 152, 168, 16, p.base)
			c.rect(118, 56, 164, 32, 14, p.light)
			c.line(128, 72, 272, 72, p.dark, 3)
			c.rect(176, 80, 48, 12, 4, ink)
			c.rect(124, 206, 152, 38, 14, p.dark)
			c.line(150, 88, 150, 206, p.dark, 5)
			c.line(250, 88, 250, 206, p.dark, 5)
			c.rect(184, 182, 32, 10, 3, red)
			return
		}
		c.fill("M124 118C124 66 276 66 276 118V226q0 18 -18 18H142q-18 0 -18 -18z", p.base)
		if p.get("size") == "50" || p.get("size") == "65" {
			c.fill("M116 96C120 48 280 48 284 96V112q-84 18 -168 0z", p.dark)
			c.rect(186, 102, 10, 52, 3, cream)
			c.rect(184, 136, 14, 12, 3, ink)
			c.line(128, 200, 272, 200, p.dark, 5)
			c.rect(146, 144, 108, 46, 10, p.light)
		} else if p.is("face") {
			c.fill("M128 84l-14 -38l44 20zM272 84l14 -38l-44 20z", p.dark)
			c.circle(172, 122, 9, ink)
			c.circle(228, 122, 9, ink)
			c.stroke("M180 146q20 18 40 0", ink, 6)
			c.rect(148, 172, 104, 56, 18, p.light)
			c.line(152, 188, 248, 188, p.dark, 4)
		} else {
			c.stroke("M146 100Q200 74 254 100", p.dark, 6)
			c.rect(144, 158, 112, 70, 16, p.dark)
			c.line(152, 174, 248, 174, p.light, 4)
			c.rect(172, 116, 56, 26, 8, p.light)
		}
		if p.get("size") == "32" {
			c.line(134, 130, 266, 150, ink, 4)
			c.line(266, 130, 134, 150, ink, 4)
		}
		if !p.is("face") {
			c.fill("M104 178q20 -6 20 -2v62q-26 4 -26 -14z", p.light)
			c.fill("M296 178q-20 -6 -20 -2v62q26 4 26 -14z", p.light)
		}
	})
}

func drawDryBags(c *canvas, p parameters) {
	c.shadow(74, 326)
	for i, name := range []string{"ochre", "teal", "rust"} {
		x := []float64{74, 152, 242}[i]
		w := []float64{72, 84, 86}[i]
		h := []float64{88, 128, 162}[i]
		col := colourOf(name)
		y := floor - h
		c.rect(x, y, w, h, 16, col.base)
		c.rect(x, y+h-24, w, 24, 14, col.dark)
		c.rect(x+w*0.3, y+34, w*0.4, h-72, 6, col.light)
		c.rect(x-4, y-10, w+8, 20, 8, col.dark)
		c.stroke(d("M$ $q$ -34 $ 0", x+8, y-6, w/2-8, w-16), ink, 6)
		c.rect(x+w/2-10, y-34, 20, 12, 4, steel)
	}
}
