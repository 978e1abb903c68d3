import { describe, expect, it } from 'vitest'
import { forecastScale, forecastStop } from '@/components/inspector/scale-words'
import { makeService } from '../../support/topology-fixtures'

const service = makeService('backend-api', { running: 2 })
const hidden = makeService('worker', { running: 2, in: null })

describe('forecastScale', () => {
  it('says what starts', () =>
    expect(forecastScale(service, 3, []).what).toBe(
      'ECS will start 1 more task. Each one is registered in Cloud Map when it runs, and callers find it from then on.',
    ))
  it('says what stops', () =>
    expect(forecastScale(service, 1, []).what).toContain('ECS will stop 1 task. Each one leaves Cloud Map'))
  it('says that nothing happens', () =>
    expect(forecastScale(service, 2, [])).toEqual({
      what: 'ECS already keeps 2 tasks running. Nothing will change.',
      warning: null,
    }))
  it('does not speak of Cloud Map where there is none', () =>
    expect(forecastScale(hidden, 1, []).what).toBe('ECS will stop 1 task.'))
  it('warns of the last one, by name and with who calls it', () =>
    expect(forecastScale(service, 0, ['frontend-web']).warning).toBe(
      'Nothing will answer backend-api.production.local any more, and frontend-web calls it.',
    ))
  it('names at most three callers', () =>
    expect(forecastScale(service, 0, ['a', 'b', 'c', 'd', 'e']).warning).toContain(
      'and a, b, c and 2 more call it.',
    ))
  it('does not warn while one is left', () => expect(forecastScale(service, 1, ['a']).warning).toBeNull())
})

describe('forecastStop', () => {
  it('says that ECS starts another', () =>
    expect(forecastStop(service, []).what).toBe(
      'It leaves Cloud Map, then its containers get SIGTERM. The service wants 2 tasks, so ECS starts a new one in its place.',
    ))
  it('warns when it is the only one', () =>
    expect(forecastStop(makeService('a', { running: 1 }), ['b']).warning).toBe(
      'Until the new task runs, nothing answers a.production.local, and b calls it.',
    ))
  it('does not warn when others are left', () => expect(forecastStop(service, ['b']).warning).toBeNull())
  it('says that nothing starts a task without a service again', () =>
    expect(forecastStop({ ...service, ecs: null }, []).what).toContain('Nothing starts it again.'))
})
