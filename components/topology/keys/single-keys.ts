'use client'

import { useSyncExternalStore } from 'react'

const storageKey = 'switchboard.single-keys'
const changed = 'switchboard:single-keys'

function subscribe(listener: () => void) {
  window.addEventListener('storage', listener)
  window.addEventListener(changed, listener)
  return () => {
    window.removeEventListener('storage', listener)
    window.removeEventListener(changed, listener)
  }
}

function read(): boolean {
  return window.localStorage.getItem(storageKey) !== 'off'
}

/** Whether single letters are shortcuts; kept by this browser. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, read, () => true)
  const set = (next: boolean) => {
    window.localStorage.setItem(storageKey, next ? 'on' : 'off')
    window.dispatchEvent(new Event(changed))
  }
  return [on, set]
}
