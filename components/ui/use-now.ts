'use client'

import { useEffect, useState } from 'react'

/** The time, moving on by itself. Use it low in the tree: its component draws again at every step. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs)
    return () => clearInterval(timer)
  }, [stepMs])
  return now
}
