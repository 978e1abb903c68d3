import { expect, it } from 'vitest'
import { fullName } from '@/components/wizard/discovery/words'

it('offers a full DNS name only where it can be one', () => {
  expect(fullName('backend-api', 'shop.internal', true)).toBe('backend-api.shop.internal')
  expect(fullName('.', 'shop.internal', true)).toBe('shop.internal')
  for (const name of ['', 'Prices API!', '-api', 'a..b'])
    expect(fullName(name, 'shop.internal', true), name).toBeNull()
  for (const namespace of ['', 'shop internal', '.internal'])
    expect(fullName('api', namespace, true), namespace).toBeNull()
  expect(fullName('api', 'shop.internal', false)).toBeNull()
})
