import { describe, expect, it } from 'vitest'
import { lookAtGoneService } from '@/lib/plan/waits/service-gone'
import { service } from '../../../support/inventory'

const web = (status: string, running = 0, pending = 0) => service('web', { status, running, pending })

describe('a service that is to go', () => {
  it.each([
    ['ECS has forgotten it', null, 0, 'done'],
    ['it is INACTIVE', web('INACTIVE'), 0, 'done'],
    ['ECS has forgotten it and Cloud Map has not', null, 1, 'Cloud Map to forget the last instance of web'],
    ['Cloud Map knows some', web('INACTIVE'), 3, 'Cloud Map to forget 3 instances of web'],
    ['it drains', web('DRAINING', 1), 0, 'the last task of web to stop'],
    ['it drains several', web('DRAINING', 2, 1), 2, 'the last 3 tasks of web to stop'],
    ['it drains without tasks', web('DRAINING'), 0, 'web to become INACTIVE'],
    ['it is still there', web('ACTIVE', 1), 0, 'the last task of web to stop'],
    ['it is INACTIVE with tasks', web('INACTIVE', 2), 0, 'the last 2 tasks of web to stop'],
  ])('when %s', (_what, seen, registered, wanted) => {
    const look = lookAtGoneService(seen, 'web', registered)
    expect(look.state === 'waiting' ? look.words : look.state).toBe(wanted)
  })
})
