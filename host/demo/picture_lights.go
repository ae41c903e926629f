package demo

func drawFrontLight(c *canvas, p parameters) {
	if p.is("beam") {
		c.faint("M232 112L400 52V232L232 178z", glow, 0.75)
		c.faint("M232 124L400 96V190L232 166z", "#fff7d8", 0.8)
	}
	c.shadow(110, 220)
	if p.is("dynamo") {
		c.fill("M232 98C170 88 122 110 116 146S170 202 232 192z", p.base)
		c.fill("M232 98C170 88 122 110 116 146C140 126 190 122 232 128z", p.light)
		c.fill("M170 190h28l-6 54h-18z", "#5d6a70")
		c.circle(183, 228, 7, ink)
		c.stroke("M118 150C92 160 96 200 76 214", ink, 4)
	} else {
		c.rect(110, 104, 124, 82, 26, p.base)
		c.rect(124, 116, 60, 10, 5, "#5d6a70")
		c.rect(132, 96, 30, 12, 6, palette["rust"])
		c.circle(136, 158, 4, glow)
		c.circle(150, 158, 4, glow)
		c.circle(164, 158, 4, "#5d6a70")
		c.rect(140, 186, 52, 18, 6, "#3f4d54")
		c.ring(166, 222, 19, "#3f4d54", 9)
	}
	c.rect(222, 94, 22, 104, 9, "#5d6a70")
	c.rect(234, 102, 12, 88, 6, glow)
	c.rect(240, 108, 6, 76, 3, "#fffbe8")
}

func drawRearLight(c *canvas, p parameters) {
	c.faint("M200 142m-112 0a112 112 0 1 0 224 0a112 112 0 1 0 -224 0", "#e0604f", 0.16)
	c.faint("M200 142m-82 0a82 82 0 1 0 164 0a82 82 0 1 0 -164 0", "#e0604f", 0.22)
	c.shadow(150, 250)
	c.rect(188, 190, 24, 54, 4, "#5d6a70")
	c.rect(150, 76, 100, 132, 34, ink)
	c.rect(160, 88, 80, 108, 26, p.base)
	c.rect(170, 100, 60, 84, 20, red)
	for _, y := range []float64{118, 142, 166} {
		c.circle(200, y, 11, "#ffd9c9")
		c.circle(200, y, 6, "#ffffff")
	}
	c.rect(146, 212, 108, 14, 7, palette["ochre"])
}

func drawLightSet(c *canvas, p parameters) {
	c.shadow(104, 296)
	for i, x := range []float64{136, 264} {
		lit, lens := glow, "#fffbe8"
		if i == 1 {
			lit, lens = red, "#ffd9c9"
		}
		c.faint(d("M$ 126m-74 0a74 74 0 1 0 148 0a74 74 0 1 0 -148 0", x), lit, 0.32)
		c.circle(x, 126, 48, p.base)
		c.circle(x, 126, 37, lit)
		c.circle(x, 126, 15, lens)
		c.rect(x-30, 170, 60, 14, 7, p.dark)
	}
	c.stroke("M136 184C136 230 190 206 200 232M264 184C264 230 210 206 200 232", "#48565c", 5)
	c.rect(190, 226, 20, 20, 4, "#48565c")
}

func drawCarrierLight(c *canvas, p parameters) {
	c.faint("M200 146m-128 0a128 74 0 1 0 256 0a128 74 0 1 0 -256 0", "#e0604f", 0.2)
	c.stroke("M70 216H330", "#3a474d", 11)
	c.stroke("M110 216L90 246M290 216L310 246", "#3a474d", 7)
	c.rect(158, 176, 84, 34, 4, "#3f4d54")
	c.rect(92, 110, 216, 74, 24, ink)
	c.rect(104, 120, 192, 54, 16, red)
	c.rect(160, 120, 80, 54, 4, p.base)
	c.dashed("M166 132h68M166 147h68M166 162h68", "#e98b78", 7, "8 5")
	c.circle(132, 147, 13, "#ffd9c9")
	c.circle(268, 147, 13, "#ffd9c9")
}

func drawHeadtorch(c *canvas, p parameters) {
	c.faint("M150 150L20 70V244z", glow, 0.55)
	c.shadow(110, 310)
	c.stroke("M170 170C180 84 300 76 316 150S240 226 190 206", p.base, 20)
	c.stroke("M176 150C196 92 288 90 304 138", p.light, 5)
	c.rect(288, 138, 40, 30, 7, "#48565c")
	c.rect(138, 122, 78, 72, 18, ink)
	c.circle(166, 158, 30, "#5d6a70")
	c.circle(164, 158, 22, glow)
	c.circle(162, 158, 10, "#fffbe8")
	c.circle(202, 138, 6, red)
	c.rect(170, 114, 26, 10, 5, p.dark)
}

func drawLantern(c *canvas, p parameters) {
	c.faint("M200 150m-104 0a104 104 0 1 0 208 0a104 104 0 1 0 -208 0", glow, 0.4)
	c.shadow(140, 260)
	c.stroke("M150 108C150 44 250 44 250 108", "#48565c", 6)
	c.fill("M146 108H254L262 196H138z", "#fbe7a8")
	c.fill("M176 108H200V196H170z", "#fff5cf")
	for _, y := range []float64{122, 144, 166} {
		c.line(146-(y-108)*0.07, y, 254+(y-108)*0.07, y, "#e9c979", 3)
	}
	c.rect(136, 94, 128, 20, 9, p.base)
	c.rect(130, 192, 140, 52, 12, p.base)
	c.rect(130, 192, 140, 16, 8, p.light)
	c.circle(200, 226, 9, cream)
	c.rect(236, 220, 20, 9, 3, p.dark)
}

func drawRingLock(c *canvas, p parameters) {
	c.shadow(120, 280)
	c.stroke("M146 222C92 170 110 88 200 84S308 170 254 222", p.base, 32)
	c.stroke("M136 190C104 150 128 102 186 96", "#55636a", 6)
	c.stroke("M158 214C160 236 240 236 242 214", steel, 11)
	c.rect(248, 128, 54, 74, 16, p.base)
	c.rect(256, 136, 38, 24, 8, "#55636a")
	key(c, 274, 182, palette["ochre"])
}

// key draws a key that sticks out of a lock downwards.
func key(c *canvas, x, y float64, colour string) {
	c.rect(x-4, y-8, 8, 30, 3, steel)
	c.ring(x, y+36, 12, colour, 8)
}

func drawChainLock(c *canvas, p parameters) {
	c.shadow(90, 310)
	path := "M120 196C64 120 124 66 204 74S340 120 286 194"
	c.stroke(path, p.base, 36)
	c.dashed(path, p.dark, 36, "3 15")
	c.stroke("M118 150C112 112 152 90 196 88", p.light, 5)
	c.rect(136, 166, 128, 78, 18, ink)
	c.rect(146, 176, 108, 20, 8, "#48565c")
	c.circle(200, 218, 13, palette["ochre"])
	c.rect(197, 211, 6, 14, 2, ink)
}

func drawULock(c *canvas, p parameters) {
	c.shadow(110, 290)
	c.stroke("M146 200V122A54 54 0 0 1 254 122V200", p.base, 24)
	c.stroke("M139 196V122A61 61 0 0 1 196 61", p.light, 4)
	c.rect(106, 186, 188, 52, 18, ink)
	c.rect(106, 186, 34, 52, 14, palette["ochre"])
	c.rect(260, 186, 34, 52, 14, palette["ochre"])
	c.circle(200, 212, 14, steel)
	c.rect(197, 204, 6, 16, 2, ink)
}

func drawFoldLock(c *canvas, p parameters) {
	c.shadow(100, 300)
	at := [][2]float64{{116, 214}, {108, 130}, {162, 70}, {246, 72}, {296, 134}, {284, 214}}
	for i := 0; i+1 < len(at); i++ {
		c.line(at[i][0], at[i][1], at[i+1][0], at[i+1][1], p.dark, 28)
		c.line(at[i][0], at[i][1], at[i+1][0], at[i+1][1], p.base, 22)
	}
	for _, a := range at[:5] {
		c.circle(a[0], a[1], 8, cloud)
		c.circle(a[0], a[1], 3, ink)
	}
	c.rect(236, 196, 84, 46, 12, ink)
	c.circle(278, 219, 11, steel)
	c.rect(275, 212, 6, 14, 2, ink)
	c.circle(116, 218, 15, p.dark)
}

func drawCableLock(c *canvas, p parameters) {
	c.shadow(96, 304)
	c.stroke("M140 214C60 160 90 76 190 76S330 140 280 200C252 232 120 176 124 130S262 92 268 150S214 206 196 214", p.base, 13)
	c.stroke("M108 150C104 110 140 88 190 86", p.light, 3.5)
	c.rect(136, 196, 122, 46, 12, ink)
	for i := 0.0; i < 4; i++ {
		c.rect(152+i*24, 202, 18, 34, 4, cream)
		c.line(158+i*24, 212+i*3, 164+i*24, 212+i*3, ink, 3)
		c.line(161+i*24, 212+i*3, 161+i*24, 226-i, ink, 3)
	}
}

func drawPlugChain(c *canvas, p parameters) {
	c.shadow(100, 310)
	path := "M112 212C80 120 150 72 214 90S250 190 300 196"
	c.stroke(path, p.base, 26)
	c.dashed(path, p.dark, 26, "3 13")
	c.ring(112, 214, 20, "#5d6a70", 10)
	c.rect(290, 180, 34, 32, 8, ink)
	c.rect(320, 190, 34, 12, 5, steel)
	c.circle(346, 196, 9, steel)
	c.rect(152, 186, 96, 58, 14, "#48565c")
	c.rect(152, 186, 96, 20, 10, "#5d6a70")
	c.rect(192, 200, 16, 12, 3, palette["ochre"])
}
