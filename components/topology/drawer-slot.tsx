'use client'

import { type PointerEvent, type ReactNode, useEffect, useState } from 'react'

const height = { least: 132, first: 252, step: 24 } as const
const storageKey = 'switchboard.drawer-height'

function clampHeight(px: number): number {
  return Math.round(Math.min(Math.max(px, height.least), Math.max(height.least, window.innerHeight * 0.6)))
}

function readHeight(): number {
  const kept = Number(window.localStorage.getItem(storageKey))
  return clampHeight(Number.isFinite(kept) && kept > 0 ? kept : height.first)
}

/** The place at the bottom that the call drawer stands in: its upper edge can be dragged, or moved with arrow keys. */
export function DrawerSlot({ label, children }: { label: string; children: ReactNode }) {
  const [px, setPx] = useState(readHeight)
  const [dragFrom, setDragFrom] = useState<{ y: number; px: number } | null>(null)

  useEffect(() => {
    window.localStorage.setItem(storageKey, String(px))
  }, [px])

  const onMove = (event: PointerEvent) => {
    if (dragFrom) setPx(clampHeight(dragFrom.px + dragFrom.y - event.clientY))
  }

  return (
    <section
      aria-label={label}
      style={{ height: px }}
      className="relative flex min-h-0 min-w-0 animate-rise flex-col border-line border-t bg-raised"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a window splitter is a separator that takes the focus, not a rule */}
      <div
        role="separator"
        aria-orientation="horizontal"
        aria-label={`Height of ${label}`}
        aria-valuenow={px}
        aria-valuemin={height.least}
        tabIndex={0}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragFrom({ y: event.clientY, px })
        }}
        onPointerMove={onMove}
        onPointerUp={() => setDragFrom(null)}
        onPointerCancel={() => setDragFrom(null)}
        onDoubleClick={() => setPx(clampHeight(height.first))}
        onKeyDown={(event) => {
          const steps = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (steps === 0) return
          event.preventDefault()
          setPx(clampHeight(px + steps * height.step))
        }}
        className="absolute inset-x-0 -top-1 z-20 h-2 cursor-row-resize touch-none hover:bg-accent/20 focus-visible:bg-accent/30"
      />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto">{children}</div>
    </section>
  )
}
