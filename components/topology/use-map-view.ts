'use client'

import { useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { useMedia } from '../ui/use-media'
import { useCommandHandler } from './keys/command-bus'
import type { Focus } from './keys/use-map-commands'
import type { MapLayout } from './layout/model'
import { boundsOf, fitMap, fitsWindow, panToCard, panToFollow, panToKeep, type Window } from './viewport'

const toolbarHeight = 48

type MapViewInput = {
  layout: MapLayout
  focus: Focus | null
  /** Pixels at the right that something else covers. */
  coveredRight: number
  wrapper: RefObject<HTMLElement | null>
}

/** Pan and zoom: what keys ask for, what a new arrangement needs, and bringing a card into view. */
export function useMapView({ layout, focus, coveredRight, wrapper }: MapViewInput): {
  onUserMove: () => void
} {
  const { zoomIn, zoomOut, setViewport, getViewport } = useReactFlow()
  const store = useStoreApi()
  const sized = useStore((state) => state.width > 0 && state.height > 0)
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const durationMs = still ? 0 : 220
  const touched = useRef(false)
  const fittedTurn = useRef<number | null>(null)
  const seenFocus = useRef(focus?.turn)
  const seenPlaces = useRef(layout.places)

  const readWindow = (): Window => {
    const { width, height } = store.getState()
    return { width, height, coveredRight, coveredTop: toolbarHeight }
  }
  const showAll = (duration: number) => {
    const bounds = boundsOf(layout)
    if (bounds) setViewport(fitMap(bounds, readWindow()), { duration })
  }

  useCommandHandler((command) => {
    if (command.kind === 'fit') showAll(durationMs)
    else if (command.kind === 'zoom-in') zoomIn({ duration: durationMs })
    else if (command.kind === 'zoom-out') zoomOut({ duration: durationMs })
    else return false
    touched.current = command.kind !== 'fit'
    return true
  })

  // Arranged anew: show all. Grown: show all too, but only while nobody has chosen a view of their own.
  const keepInView = useEffectEvent(() => {
    const isFirst = fittedTurn.current === null
    const isOther = fittedTurn.current !== layout.turn
    fittedTurn.current = layout.turn
    if (isOther) touched.current = false
    const bounds = boundsOf(layout)
    const isCut = bounds !== null && !fitsWindow(bounds, getViewport(), readWindow())
    const before = focus && seenPlaces.current[focus.id]
    const place = focus && layout.places[focus.id]
    seenPlaces.current = layout.places
    if (isOther || (isCut && !touched.current)) return showAll(isFirst ? 0 : durationMs)
    const pan = before && place && panToFollow(before, place, getViewport(), readWindow())
    if (pan) setViewport(pan, { duration: durationMs })
  })
  useEffect(() => {
    if (sized && layout) keepInView()
  }, [sized, layout])

  const bringIntoView = useEffectEvent((wanted: Focus) => {
    const place = layout.places[wanted.id]
    if (!place) return null
    const pan = panToCard(place, getViewport(), readWindow())
    if (pan) setViewport(pan, { duration: durationMs })
    if (!wanted.withKeyboard) return null
    // The card may only be drawn once it is in view.
    return setTimeout(
      () => {
        const card = wrapper.current?.querySelector<HTMLElement>(`[data-service="${CSS.escape(wanted.id)}"]`)
        card?.focus({ preventScroll: true })
      },
      pan ? durationMs + 20 : 0,
    )
  })
  useEffect(() => {
    if (!focus || seenFocus.current === focus.turn) return
    seenFocus.current = focus.turn
    const timer = bringIntoView(focus)
    return () => {
      if (timer) clearTimeout(timer)
    }
  }, [focus])

  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const seenWindow = useRef<Window | null>(null)
  // The drawer or the inspector took room from the map: what is looked at stays in sight.
  const keepFocus = useEffectEvent((now: Window) => {
    const before = seenWindow.current
    seenWindow.current = now
    const place = focus && layout.places[focus.id]
    const pan = before && place && panToKeep(place, getViewport(), before, now)
    if (pan) setViewport(pan, { duration: durationMs })
  })
  useEffect(() => {
    if (width > 0 && height > 0) keepFocus({ width, height, coveredRight, coveredTop: toolbarHeight })
  }, [width, height, coveredRight])

  return {
    onUserMove: () => {
      touched.current = true
    },
  }
}
