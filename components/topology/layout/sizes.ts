/** Sizes on the map in its own pixels: text never decides where something stands. */
export const card = { width: 240, height: 88 } as const

export const gap = {
  /** Between a caller's card and its callee's: room for one small label, with the line to be seen on both sides. */
  rank: 124,
  /** Between cards above each other. */
  row: 20,
  /** Between cards side by side that do not talk. */
  column: 20,
  /** Between islands of cards inside one frame. */
  island: 28,
  /** Between frames. */
  frame: 56,
} as const

/** The title sits on the top edge, so the top needs more air. */
export const padding = { x: 20, top: 26, bottom: 20 } as const

/** A frame without services still shows its title and a line of text. */
export const emptyFrame = { width: 372, height: 96 } as const
