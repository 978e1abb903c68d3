'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { AttemptFinished, CallRequest, TripEvent } from '@/lib/probe/trip'
import { idleTrip, type TripState, tripReducer } from '@/lib/probe/trip-state'
import { openTrip, TripError } from './open-trip'

type UseTrip = {
  readonly trip: TripState
  readonly start: (request: CallRequest) => void
  readonly stop: () => void
}

const isAnswered = (event: TripEvent): event is AttemptFinished =>
  event.type === 'attempt' && event.status !== null

/**
 * One run at a time. Events are put on the screen once per frame, however fast they come; `onAnswered` hears of the newest
 * answer of each frame.
 */
export function useTrip(onAnswered: (attempt: AttemptFinished, request: CallRequest) => void): UseTrip {
  const [trip, dispatch] = useReducer(tripReducer, idleTrip)
  const running = useRef<AbortController | null>(null)
  const heard = useRef(onAnswered)

  useEffect(() => {
    heard.current = onAnswered
  }, [onAnswered])

  const stop = useCallback(() => {
    running.current?.abort()
    running.current = null
    dispatch({ type: 'stop' })
  }, [])

  useEffect(() => () => running.current?.abort(), [])

  const start = useCallback((request: CallRequest) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    dispatch({ type: 'begin', request })

    let waiting: TripEvent[] = []
    let frame: number | null = null
    const show = () => {
      if (frame !== null) cancelAnimationFrame(frame)
      frame = null
      const events = waiting
      waiting = []
      if (events.length === 0 || controller.signal.aborted) return
      dispatch({ type: 'events', events })
      const newest = events.findLast(isAnswered)
      if (newest) heard.current(newest, request)
    }

    const follow = async () => {
      let ended = false
      for await (const event of openTrip(request, controller.signal)) {
        waiting.push(event)
        frame ??= requestAnimationFrame(show)
        if (event.type === 'run-finished') ended = true
      }
      show()
      if (!ended)
        throw new TripError({
          title: 'The run was cut',
          message: 'The console closed the connection before the run had ended.',
          remedy: 'What was counted until then stands. Call again.',
        })
    }
    follow().catch((error: unknown) => {
      show()
      if (controller.signal.aborted) return
      const problem =
        error instanceof TripError
          ? error.problem
          : {
              title: 'The run was cut',
              message: error instanceof Error ? error.message : String(error),
              remedy: 'What was counted until then stands. Call again.',
            }
      dispatch({ type: 'break', problem })
    })
  }, [])

  return { trip, start, stop }
}
