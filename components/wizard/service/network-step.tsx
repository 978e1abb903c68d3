'use client'

import { Notice } from '../../ui/notice'
import { useOffer } from '../choices'
import { CheckInput } from '../fields/check-input'
import { IdsInput } from '../fields/ids-input'
import { PickInput } from '../fields/pick-input'
import { HoleNotice } from '../hole-notice'
import { internetWarning, securityGroupGroups, subnetGroups } from './network-groups'
import { useServicePart } from './use-service'

/** Where its tasks stand in the network. */
export function NetworkStep() {
  const { network } = useOffer().choices
  const chosen = useServicePart((values) => values.network)
  const warning = internetWarning(network, chosen.subnets, chosen.assignPublicIp)
  return (
    <div className="flex flex-col gap-6">
      {network.subnets.length === 0 ? (
        <div className="flex flex-col gap-3">
          <HoleNotice operation="ec2:DescribeSubnets" what="subnets" />
          <IdsInput
            name="network.subnets"
            label="Subnet ids"
            placeholder="subnet-0123456789abcdef0"
            hint="Parted by spaces or commas; at most 16."
          />
        </div>
      ) : (
        <PickInput
          name="network.subnets"
          label="Subnets"
          hint="Each task gets an address in one of them. Two zones survive the loss of one."
          groups={subnetGroups(network, chosen.subnets)}
        />
      )}
      {network.securityGroups.length === 0 ? (
        <div className="flex flex-col gap-3">
          <HoleNotice operation="ec2:DescribeSecurityGroups" what="security groups" />
          <IdsInput
            name="network.securityGroups"
            label="Security group ids"
            placeholder="sg-0123456789abcdef0"
            hint="None: the VPC’s default group."
          />
        </div>
      ) : (
        <PickInput
          name="network.securityGroups"
          label="Security groups"
          hint="They must let callers in at the service’s port. None: the VPC’s default group."
          groups={securityGroupGroups(network, chosen.subnets, chosen.securityGroups)}
        />
      )}
      <CheckInput
        name="network.assignPublicIp"
        hint="Needed in public subnets to pull images. Callers inside use the private address all the same."
      >
        Public IP for each task
      </CheckInput>
      {warning && (
        <Notice tone="warn" title="Tasks may not start">
          {warning}
        </Notice>
      )}
    </div>
  )
}
