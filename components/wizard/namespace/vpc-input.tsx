'use client'

import { Network } from 'lucide-react'
import { useOffer } from '../choices'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'
import { HoleNotice } from '../hole-notice'

/** The VPC in which names resolve; typed by hand where the list may not be read. */
export function VpcInput({ name }: { name: string }) {
  const { vpcs } = useOffer().choices.network
  if (vpcs.length === 0)
    return (
      <div className="flex flex-col gap-3">
        <HoleNotice operation="ec2:DescribeVpcs" what="VPCs" />
        <TextInput
          name={name}
          label="VPC id"
          placeholder="vpc-0123456789abcdef0"
          mono
          hint="Names resolve for everything inside this VPC, and nowhere else."
        />
      </div>
    )
  return (
    <SelectInput
      name={name}
      label="VPC"
      placeholder="Choose a VPC"
      hint="Names resolve for everything inside this VPC, and nowhere else."
      options={vpcs.map((vpc) => ({
        value: vpc.id,
        label: vpc.name ?? vpc.id,
        glyph: <Network aria-hidden />,
        hint: [vpc.name === null ? null : vpc.id, vpc.cidr, vpc.isDefault ? 'default' : null]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  )
}
