import { expect, it } from 'vitest'
import { checkValues } from '@/components/wizard/check-values'
import { firstNamespaceValues } from '@/components/wizard/namespace/values'
import { wizardAmong } from '@/components/wizard/namespace/wizard'

const wizard = wizardAmong([{ type: 'DNS_PRIVATE', name: 'production.local' }])
const first = firstNamespaceValues([])

it('says at the name that it is taken, before anything else is filled in', () => {
  const { input, issues } = checkValues(wizard, { ...first, name: 'Production.LOCAL' })
  expect(input).toBeNull()
  expect(issues).toContainEqual({
    field: 'name',
    message: 'There is a private DNS namespace production.local already. Choose another name.',
  })
})

it('lets another kind of namespace have the same name', () =>
  expect(checkValues(wizard, { ...first, type: 'HTTP', name: 'production.local' }).issues).toEqual([]))
