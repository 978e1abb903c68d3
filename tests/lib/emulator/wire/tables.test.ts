import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as cloudMapTable from '@/lib/emulator/wire/tables/cloud-map'
import * as ecsTable from '@/lib/emulator/wire/tables/ecs'
import { buildWireTable, tablePath, wireServices } from '../../../support/wire-tables.mjs'

/** Words in order of the alphabet: the formatter may wrap and sort as it likes. */
const words = (text: string) => (text.match(/[^\s,]+/g) ?? []).sort()

describe('the wire tables', () => {
  it.each(wireServices)('of $name are what the installed SDK says', async (service) => {
    expect(words(readFileSync(tablePath(service.name), 'utf8'))).toEqual(words(await buildWireTable(service)))
  })

  it('know every operation of Cloud Map', () => {
    expect(cloudMapTable.knownOperations).toHaveLength(30)
    expect(Object.keys(cloudMapTable.schemas).sort()).toEqual([...cloudMapTable.knownOperations].sort())
  })

  it('take the allowed values from the SDK, also for lists', () => {
    expect(ecsTable.enums['CreateServiceRequest.launchType']).toHaveProperty('FARGATE')
    expect(ecsTable.enums['RegisterTaskDefinitionRequest.requiresCompatibilities']).toHaveProperty('FARGATE')
    expect(cloudMapTable.enums['DnsRecord.Type']).toEqual({
      A: 'A',
      AAAA: 'AAAA',
      CNAME: 'CNAME',
      SRV: 'SRV',
    })
  })
})
