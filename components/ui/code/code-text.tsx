'use client'

import { type CSSProperties, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { cn } from '../class-names'
import { type CodeLine, type Highlight, type Language, loadHighlight, plainLines } from './highlight'

type CodeTextProps = {
  text: string
  language: Language
  /** Spoken name of the block, which can be scrolled by keyboard: `AWS CLI`. */
  label: string
  /** The line that is on top at first, from 0: what comes before it is only help. It stays there until somebody scrolls. */
  startLine?: number
  /** A newer text is on its way. */
  isBusy?: boolean
  className?: string
}

/** Code to read and select; coloured once the highlighter is there, plain before. */
export function CodeText({ text, language, label, startLine = 0, isBusy, className }: CodeTextProps) {
  const highlight = useHighlight(language)
  // Typing goes first: the colours of the newest text may come a moment later.
  const shown = useDeferredValue(text)
  const lines = useMemo(
    () => (highlight ? highlight(shown, language) : plainLines(shown)),
    [highlight, shown, language],
  )
  const holder = useRef<HTMLElement>(null)
  const placed = useRef(0)
  useEffect(() => {
    const box = holder.current
    if (!box || Math.abs(box.scrollTop - placed.current) > 1) return
    placed.current = bringToTop(box, Math.min(startLine, lines.length - 1))
  }, [startLine, lines.length])
  return (
    <section
      ref={holder}
      aria-label={label}
      aria-busy={isBusy || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn('relative min-h-0 overflow-auto bg-sunk focus-visible:-outline-offset-2', className)}
    >
      <pre className="wrap-anywhere whitespace-pre-wrap px-4 py-3 font-mono text-ink-soft text-xs leading-[19px]">
        <code>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={at} data-line className="block" style={hanging(line)}>
              {line.map((piece, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
                <span key={index} style={{ color: piece.colour }}>
                  {piece.text}
                </span>
              ))}
              {at < lines.length - 1 && '\n'}
            </span>
          ))}
        </code>
      </pre>
    </section>
  )
}

/** What does not fit into the width goes on below, deeper than the line began. */
function hanging(line: CodeLine): CSSProperties {
  const text = line.map((piece) => piece.text).join('')
  const columns = text.length - text.trimStart().length + 4
  return { paddingLeft: `${columns}ch`, textIndent: `-${columns}ch` }
}

/** Scrolls so that this line is the first in sight, with room made below when little follows it; answers where that is. */
function bringToTop(box: HTMLElement, at: number): number {
  const pre = box.firstElementChild
  const line = box.querySelectorAll('[data-line]')[at]
  if (!(pre instanceof HTMLElement) || !(line instanceof HTMLElement)) return box.scrollTop
  const top = at === 0 ? 0 : line.offsetTop - 12
  pre.style.minHeight = at === 0 ? '' : `${top + box.clientHeight}px`
  box.scrollTop = top
  return box.scrollTop
}

function useHighlight(language: Language): Highlight | null {
  const [loaded, setLoaded] = useState<{ language: Language; highlight: Highlight } | null>(null)
  useEffect(() => {
    let isGone = false
    loadHighlight(language).then(
      (highlight) => {
        if (!isGone) setLoaded({ language, highlight })
      },
      // The text stands there without colours; nothing is lost.
      (error: unknown) => console.warn('code is shown without colours', error),
    )
    return () => {
      isGone = true
    }
  }, [language])
  return loaded?.language === language ? loaded.highlight : null
}
