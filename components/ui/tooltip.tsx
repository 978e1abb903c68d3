'use client'

import { type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './kbd'
import { placeTooltip, type TooltipSide } from './tooltip-place'

type TooltipProps = {
  text: string
  shortcut?: string
  side?: TooltipSide
  /** One focusable element that has the text as its label already: the tooltip is for the eye. */
  children: ReactNode
}

const delayMs = 400

/**
 * Our own and not react-aria's: it stands on every screen from the start, and positioning by hand is a tenth of
 * the code. Escape hides it, and it never takes the pointer (WCAG 1.4.13).
 */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const hide = () => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    setAnchor(null)
  }
  const show = (event: SyntheticEvent<HTMLElement>, afterMs: number) => {
    const target = event.currentTarget.firstElementChild
    if (!target) return
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => setAnchor(target.getBoundingClientRect()), afterMs)
  }
  useEffect(() => {
    return () => {
      if (timer.current) clearTimeout(timer.current)
    }
  }, [])
  useEffect(() => {
    if (!anchor) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setAnchor(null)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [anchor])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for what its child is told
    <span
      role="presentation"
      className="contents"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') show(event, delayMs)
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) show(event, 0)
      }}
      onBlur={hide}
    >
      {children}
      {anchor &&
        createPortal(
          <span
            role="tooltip"
            style={placeTooltip(anchor, side, { width: window.innerWidth, height: window.innerHeight })}
            className="pointer-events-none fixed z-60 flex w-max max-w-72 animate-appear items-center gap-2 rounded-control bg-raised px-2 py-1 text-ink text-xs shadow-float"
          >
            {text}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </span>,
          document.body,
        )}
    </span>
  )
}
