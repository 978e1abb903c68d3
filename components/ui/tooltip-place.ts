export type TooltipSide = 'top' | 'bottom' | 'left' | 'right'
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

const offset = 6
/** Half of the widest tooltip that short labels make; near an edge the tooltip hangs from that edge instead. */
const halfWidth = 110

/** Where a tooltip hangs, as CSS: its size need not be known, so that nothing is measured. */
export function placeTooltip(
  anchor: Box,
  side: TooltipSide,
  window: { readonly width: number; readonly height: number },
): Readonly<Record<string, string>> {
  const centreX = anchor.left + anchor.width / 2
  const centreY = anchor.top + anchor.height / 2
  if (side === 'right')
    return { left: px(anchor.left + anchor.width + offset), top: px(centreY), translate: '0 -50%' }
  if (side === 'left')
    return { right: px(window.width - anchor.left + offset), top: px(centreY), translate: '0 -50%' }
  const vertical: Record<string, string> =
    side === 'bottom'
      ? { top: px(anchor.top + anchor.height + offset) }
      : { bottom: px(window.height - anchor.top + offset) }
  if (centreX < halfWidth) return { ...vertical, left: px(Math.max(4, anchor.left)) }
  if (centreX > window.width - halfWidth) {
    return { ...vertical, right: px(Math.max(4, window.width - anchor.left - anchor.width)) }
  }
  return { ...vertical, left: px(centreX), translate: '-50% 0' }
}

function px(n: number): string {
  return `${Math.round(n)}px`
}
