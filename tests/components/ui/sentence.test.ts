import { describe, expect, it } from 'vitest'
import { asSentence, capital } from '@/components/ui/sentence'

describe('what AWS says, before more words', () => {
  it.each([
    ['no policy allows the action', 'no policy allows the action.'],
    ['Rate exceeded.', 'Rate exceeded.'],
    ['Are you there? ', 'Are you there? '],
    ['It takes long…', 'It takes long…'],
    ['ends in a blank ', 'ends in a blank.'],
  ])('%s', (said, sentence) => expect(asSentence(said)).toBe(sentence))
  it('begins large where it begins', () => {
    expect(capital('subnets could not be listed')).toBe('Subnets could not be listed')
    expect(capital('VPCs')).toBe('VPCs')
    expect(capital('')).toBe('')
  })
})
