import { describe, expect, it } from 'vitest'
import { lookAtRollback } from '@/lib/plan/waits/rollback'

const look = (status: string | null, reason: string | null = null) => lookAtRollback({ status, reason })

describe('a deployment that is rolled back', () => {
  it.each(['ROLLBACK_SUCCESSFUL', 'STOPPED'])('is done when ECS says %s', (status) =>
    expect(look(status)).toMatchObject({ state: 'done' }),
  )

  it.each([
    ['IN_PROGRESS', 'ECS to stop the deployment (IN_PROGRESS)'],
    ['ROLLBACK_REQUESTED', 'ECS to begin the rollback (ROLLBACK_REQUESTED)'],
    ['ROLLBACK_IN_PROGRESS', 'the tasks of the former revision to run (ROLLBACK_IN_PROGRESS)'],
    ['TOMORROW', 'ECS (TOMORROW)'],
    [null, 'ECS to tell of the deployment'],
  ])('is waited for while ECS says %s', (status, words) =>
    expect(look(status)).toEqual({ state: 'waiting', words }),
  )

  it('has failed with the reason that ECS gives, or because it was too late', () => {
    expect(look('ROLLBACK_FAILED', 'tasks failed to start')).toMatchObject({
      state: 'failed',
      error: { code: 'RollbackFailed', message: 'The rollback failed. tasks failed to start' },
    })
    expect(JSON.stringify(look('ROLLBACK_FAILED'))).toContain('does not say why')
    expect(look('SUCCESSFUL')).toMatchObject({ state: 'failed', error: { code: 'DeploymentFinished' } })
  })
})
