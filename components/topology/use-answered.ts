'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answered } from './to-flow'

/** The newest answer, at most once per frame: a burst of 500 calls must not draw the map 500 times. */
export function useAnswered(): readonly [Answered | null, (instanceId: string | null, atMs: number) => void] {
  const [answered, setAnswered] = useState<Answered | null>(null)
  const newest = useRef<Answered | null>(null)
  const frame = useRef<number | null>(null)

  useEffect(() => {
    return () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current)
    }
  }, [])

  const onAnswered = useCallback((instanceId: string | null, atMs: number) => {
    newest.current = instanceId === null ? null : { instanceId, atMs }
    frame.current ??= requestAnimationFrame(() => {
      frame.current = null
      setAnswered(newest.current)
    })
  }, [])

  return [answered, onAnswered]
}
