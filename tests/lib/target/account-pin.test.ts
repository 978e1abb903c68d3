import { describe, expect, it } from 'vitest'
import { checkAccount } from '@/lib/target/account-pin'

describe('the account that is changed', () => {
  it.each<[Parameters<typeof checkAccount>[0], string | null, string | null, boolean]>([
    ['aws', '111111111111', '111111111111', true],
    ['aws', '111111111111', '222222222222', false],
    ['aws', null, '111111111111', false],
    ['aws', '111111111111', null, false],
    ['aws', null, null, false],
    ['endpoint', null, null, true],
    ['endpoint', '111111111111', null, true],
    ['endpoint', '111111111111', '222222222222', false],
    ['local', '000000000000', '000000000000', true],
    ['local', '000000000000', '111111111111', false],
  ])('%s, shown %s, now %s: allowed %s', (kind, pinned, seen, ok) => {
    expect(checkAccount(kind, pinned, seen).ok).toBe(ok)
  })

  it('names both accounts and says that nothing was changed', () => {
    const verdict = checkAccount('aws', '111111111111', '222222222222')
    if (verdict.ok) throw new Error('it was allowed')
    expect(verdict.message).toContain('111111111111')
    expect(verdict.message).toContain('222222222222')
    expect(verdict.remedy).toContain('Nothing was changed')
  })
})
