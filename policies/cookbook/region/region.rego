# METADATA
# title: Region
# description: >-
#   Callers of a region use the connections of that region: the group region-eu goes with the label
#   region: eu. A caller without a region, or a connection without the label, goes nowhere.
# custom:
#   code: [other-region]
package cookbook.region

deny contains {
	"code": "other-region",
	"message": "This connection is not of the caller's region.",
} if {
	not _answer
	not _same_region
}

_answer if input.direction == "response"

_same_region if {
	region := input.connection.labels.region
	$"region-{region}" in input.principal.groups
}
