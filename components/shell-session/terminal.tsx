'use client'

import '@xterm/xterm/css/xterm.css'
import { useEffect, useEffectEvent, useRef } from 'react'
import { openShellLine, type ShellLine } from './shell-line'

type TerminalProps = {
  readonly from: string
  readonly onOpen: (line: ShellLine) => void
  readonly onClosed: (reason: string) => void
  /** The person wants out of the terminal without a mouse. */
  readonly onLeave: () => void
}

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888888'

const readTheme = () => ({
  background: colour('--sunk'),
  foreground: colour('--ink'),
  cursor: colour('--accent'),
  selectionBackground: colour('--accent-soft'),
})

/** A terminal on a shell in a task. The shell ends with it; what it printed stays to be read after its end. */
export function Terminal({ from, onOpen, onClosed, onLeave }: TerminalProps) {
  const box = useRef<HTMLDivElement>(null)
  const tellOpen = useEffectEvent(onOpen)
  const tellClosed = useEffectEvent(onClosed)
  const leave = useEffectEvent(onLeave)

  useEffect(() => {
    const left = new AbortController()
    const ends: (() => void)[] = []
    const open = async (parent: HTMLElement): Promise<void> => {
      const [{ Terminal: Xterm }, { FitAddon }] = await Promise.all([
        import('@xterm/xterm'),
        import('@xterm/addon-fit'),
      ])
      if (left.signal.aborted) return
      const screen = new Xterm({
        cursorBlink: false,
        fontSize: 13,
        fontFamily: getComputedStyle(parent).fontFamily,
        scrollback: 5_000,
        screenReaderMode: true,
        // Programs choose colours for a dark background; on any other they stay readable this way.
        minimumContrastRatio: 4.5,
        theme: readTheme(),
      })
      const restyle = new MutationObserver(() => {
        screen.options.theme = readTheme()
      })
      restyle.observe(document.documentElement, {
        attributes: true,
        attributeFilter: ['class', 'data-theme', 'style'],
      })
      ends.push(() => restyle.disconnect())
      const fit = new FitAddon()
      screen.loadAddon(fit)
      screen.open(parent)
      fit.fit()
      ends.push(() => screen.dispose())
      screen.attachCustomKeyEventHandler((event) => {
        if (event.key !== 'Escape' || !event.shiftKey) return true
        if (event.type === 'keydown') leave()
        return false
      })
      let line: ShellLine | null = null
      line = await openShellLine(
        from,
        {
          onOutput: (bytes) => screen.write(bytes),
          onClosed: (reason) => {
            if (left.signal.aborted) return
            screen.write(`\r\n[${reason || 'The shell has ended.'}]\r\n`)
            screen.options.disableStdin = true
            tellClosed(reason)
          },
        },
        left.signal,
      )
      ends.push(() => line?.end())
      if (left.signal.aborted) return line.end()
      tellOpen(line)
      line.resize(screen.cols, screen.rows)
      screen.onData((keys) => line?.type(keys))
      screen.onResize(({ cols, rows }) => line?.resize(cols, rows))
      const watch = new ResizeObserver(() => fit.fit())
      watch.observe(parent)
      ends.push(() => watch.disconnect())
      screen.focus()
    }
    const parent = box.current
    if (parent)
      open(parent).catch((error: unknown) => {
        if (!left.signal.aborted) tellClosed(error instanceof Error ? error.message : String(error))
      })
    const end = () => {
      left.abort()
      for (const one of ends.toReversed()) one()
    }
    window.addEventListener('pagehide', end)
    return () => {
      window.removeEventListener('pagehide', end)
      end()
    }
  }, [from])

  // The terminal fits itself to its box, padding and all: the air is another element's.
  return (
    <div className="flex min-h-0 flex-1 bg-sunk py-2 pr-2 pl-4">
      <div ref={box} className="min-h-0 min-w-0 flex-1 overflow-hidden font-mono" />
    </div>
  )
}
