import { describe, expect, it } from 'vitest'
import { asSentence, capital, inSentence } from '@/components/ui/sentence'

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
  it('goes on small inside, but for abbreviations', () => {
    expect(inSentence('Name and reach')).toBe('name and reach')
    expect(inSentence('DNS records')).toBe('DNS records')
    expect(inSentence('ECS service')).toBe('ECS service')
    expect(inSentence('VPCs')).toBe('VPCs')
    expect(inSentence('How ECS finds it')).toBe('how ECS finds it')
    expect(inSentence('')).toBe('')
  })
})
