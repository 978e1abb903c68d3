import { describe, expect, it } from 'vitest'
import type { Deployment, EcsService } from '@/lib/inventory/model'
import { lookAtService } from '@/lib/plan/waits/service-stable'
import { deployment, service } from '../../../support/inventory'

const sinceMs = 1_000_000
const primary = (more: Partial<Deployment> = {}): Deployment =>
  deployment({
    id: 'new',
    status: 'PRIMARY',
    rolloutState: 'COMPLETED',
    rolloutReason: null,
    failedTasks: 0,
    running: 2,
    createdAtMs: 500,
    ...more,
  })
const old = (more: Partial<Deployment> = {}): Deployment =>
  deployment({ id: 'old', status: 'ACTIVE', rolloutState: 'COMPLETED', running: 1, ...more })

const web = (more: Partial<EcsService> = {}): EcsService =>
  service('web', {
    status: 'ACTIVE',
    desired: 2,
    running: 2,
    pending: 0,
    deployments: [primary()],
    events: [],
    ...more,
  })

const rolling = (more: Partial<Deployment> = {}): Deployment =>
  primary({ rolloutState: 'IN_PROGRESS', ...more })
const event = (message: string, atMs = 600) => ({ id: message, atMs, message })

/** What is waited for; the state or the code when it is over. */
function told(seen: EcsService | null, deploymentId: string | null = 'new', nowMs = sinceMs): string {
  const look = lookAtService(seen, deploymentId, nowMs, sinceMs)
  if (look.state === 'waiting') return look.words
  return look.state === 'failed' ? look.error.code : 'done'
}

describe('a service that is waited for', () => {
  it.each<[string, EcsService | null, string | null, string]>([
    ['has settled', web(), 'new', 'done'],
    ['has settled, whatever the deployment', web(), null, 'done'],
    [
      'was scaled to nothing',
      web({ desired: 0, running: 0, deployments: [primary({ running: 0 })] }),
      'new',
      'done',
    ],
    ['tells no rollout state', web({ deployments: [primary({ rolloutState: null })] }), 'new', 'done'],
    ['has counts only', web({ deployments: [] }), 'new', 'done'],
    [
      'has counts only, and too few',
      web({ deployments: [], running: 1 }),
      null,
      'web to settle: 1 of 2 running',
    ],
    ['is not there', null, 'new', 'ServiceGone'],
    ['was deleted', web({ status: 'INACTIVE' }), 'new', 'ServiceGone'],
    ['is being deleted', web({ status: 'DRAINING' }), 'new', 'ServiceGone'],
    [
      'failed to roll out',
      web({ deployments: [primary({ rolloutState: 'FAILED' })] }),
      'new',
      'RolloutFailed',
    ],
    [
      'failed to roll out and was rolled back',
      web({ deployments: [primary({ id: 'older' }), old({ id: 'new', rolloutState: 'FAILED' })] }),
      'new',
      'RolloutFailed',
    ],
    ['has another deployment', web({ deployments: [primary({ id: 'other' })] }), 'new', 'RolloutReplaced'],
    [
      'has another deployment, which nobody minds',
      web({ deployments: [primary({ id: 'other' })] }),
      null,
      'done',
    ],
    [
      'begins',
      web({ running: 0, pending: 2, deployments: [rolling({ running: 0 })] }),
      'new',
      'tasks of web to start: 0 of 2 running',
    ],
    [
      'has half',
      web({ running: 1, deployments: [rolling({ running: 1 })] }),
      'new',
      'tasks of web to start: 1 of 2 running',
    ],
    [
      'wants one',
      web({ desired: 1, running: 0, deployments: [rolling({ running: 0 })] }),
      'new',
      'tasks of web to start: 0 of 1 running',
    ],
    [
      'has all and is not completed',
      web({ deployments: [rolling()] }),
      'new',
      'web to settle: 2 of 2 running',
    ],
    [
      'has one too many',
      web({ running: 3, deployments: [primary({ running: 3 })] }),
      'new',
      'spare tasks of web to stop: 3 running, 2 wanted',
    ],
    ['still starts one', web({ pending: 1 }), 'new', 'web to settle: 2 of 2 running'],
    [
      'still has tasks of the old deployment',
      web({ running: 3, deployments: [rolling(), old()] }),
      'new',
      'new tasks of web to take over: 2 of 2 running, 1 old task left',
    ],
    [
      'has an old deployment without tasks',
      web({ deployments: [rolling(), old({ running: 0 })] }),
      'new',
      'web to settle: 2 of 2 running',
    ],
    [
      'has several tasks of old deployments',
      web({
        running: 5,
        deployments: [rolling(), old({ running: 1 }), old({ id: 'older', running: 2 })],
      }),
      'new',
      'new tasks of web to take over: 2 of 2 running, 3 old tasks left',
    ],
    [
      'replaces its tasks and has no new one yet',
      web({ running: 2, pending: 2, deployments: [rolling({ running: 0 }), old({ running: 2 })] }),
      'new',
      'new tasks of web to start: 0 of 2 running',
    ],
    [
      'stops its last tasks',
      web({ desired: 0, running: 1, deployments: [rolling({ running: 1 })] }),
      'new',
      'the last tasks of web to stop: 1 still running',
    ],
    [
      'has tasks that do not start',
      web({ running: 0, deployments: [rolling({ running: 0, failedTasks: 3 })] }),
      'new',
      'tasks of web to start: 0 of 2 running, 3 failed to start',
    ],
  ])('%s', (_what, seen, deploymentId, wanted) => {
    expect(told(seen, deploymentId)).toBe(wanted)
  })

  const stuck = web({
    running: 0,
    deployments: [rolling({ running: 0 })],
    events: [event('unable to place a task', 600), event('older', 100)],
  })

  it('gives the newest event of ECS once nothing has moved for a while, and not before', () => {
    expect(told(stuck, 'new', sinceMs + 10_000)).toBe('tasks of web to start: 0 of 2 running')
    expect(told(stuck, 'new', sinceMs + 10_001)).toBe(
      'tasks of web to start: 0 of 2 running. ECS says: unable to place a task',
    )
  })

  it('gives it at once when tasks fail to start', () => {
    const seen = { ...stuck, deployments: [rolling({ running: 0, failedTasks: 1 })] }
    expect(told(seen)).toContain('1 failed to start. ECS says: unable to place a task')
  })

  it('gives no event from before the deployment', () => {
    const seen = { ...stuck, events: [event('has reached a steady state', 100)] }
    expect(told(seen, 'new', sinceMs + 60_000)).toBe('tasks of web to start: 0 of 2 running')
  })

  it.each([
    ['tasks failed to start', [], 'The rollout of web failed. tasks failed to start'],
    ['tasks failed', [event('no image')], 'The rollout of web failed. tasks failed Newest event: no image'],
    ['the same', [event('the same')], 'The rollout of web failed. the same'],
    [null, [], 'The rollout of web failed. ECS does not say why.'],
  ])('says why a rollout failed: %s', (rolloutReason, events, message) => {
    const seen = web({ deployments: [primary({ rolloutState: 'FAILED', rolloutReason })], events })
    const look = lookAtService(seen, 'new', sinceMs, sinceMs)
    expect(look).toMatchObject({ state: 'failed', nothingMade: false, error: { message } })
  })
})
