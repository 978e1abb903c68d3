import { describe, expect, it } from 'vitest'
import { type ActivityLook, activityQuery, isFiltered } from '@/components/activity/activity-url'

const all: ActivityLook = { text: '', result: null, span: 'all', run: null, before: null }
const nowMs = 100_000_000
const ask = (look: Partial<ActivityLook>) =>
  Object.fromEntries(new URLSearchParams(activityQuery({ ...all, ...look }, nowMs)))

describe('the question for activity', () => {
  it('is for the newest page when nothing is filtered', () => {
    expect(ask({})).toEqual({ limit: '50' })
    expect(isFiltered(all)).toBe(false)
  })

  it('holds every filter', () => {
    expect(ask({ text: ' web & co ', result: 'failed', span: 'hour', run: 'r-1', before: 40 })).toEqual({
      limit: '50',
      text: 'web & co',
      result: 'failed',
      fromMs: String(nowMs - 3_600_000),
      runId: 'r-1',
      beforeSeq: '40',
    })
  })

  it('is filtered by anything but the page', () => {
    expect(isFiltered({ ...all, before: 3 })).toBe(false)
    expect(isFiltered({ ...all, text: '  ' })).toBe(false)
    for (const look of [{ text: 'a' }, { result: 'done' }, { span: 'day' }, { run: 'r' }] as const)
      expect(isFiltered({ ...all, ...look })).toBe(true)
  })
})
