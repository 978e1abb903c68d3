'use client'

import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { cn } from '../class-names'
import { type Highlight, type Language, loadHighlight, plainLines } from './highlight'

const lineHeight = 19

type CodeTextProps = {
  text: string
  language: Language
  /** Spoken name of the block, which can be scrolled by keyboard: `AWS CLI`. */
  label: string
  /** The line that is on top at first, from 0: what comes before it is only help. It stays there until somebody scrolls. */
  startLine?: number
  className?: string
}

/** Code to read and select; coloured once the highlighter is there, plain before. */
export function CodeText({ text, language, label, startLine = 0, className }: CodeTextProps) {
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
    box.scrollTop = Math.min(startLine, lines.length) * lineHeight
    placed.current = box.scrollTop
  }, [startLine, lines.length])
  return (
    <section
      ref={holder}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn('min-h-0 overflow-auto bg-sunk focus-visible:-outline-offset-2', className)}
    >
      <pre className="w-max min-w-full px-4 py-3 font-mono text-ink-soft text-xs leading-[19px]">
        <code>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={at}>
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
