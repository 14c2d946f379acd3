# METADATA
# title: Agreement or nothing to mask
# description: >-
#   Where no business associate agreement covers the way to Claude, a request passes only if nothing
#   in it had to be masked: masking may have missed something beside what it found.
# custom:
#   code: [identifiers-without-baa]
package cookbook.baa_only

deny contains {
	"code": "identifiers-without-baa",
	"message": "Without an agreement no request with identifiers may leave, masked or not.",
} if {
	not _answer
	not _covered
	not _clean
}

_answer if input.direction == "response"

_covered if input.connection.labels.baa == true

_clean if {
	input.masking.fields == 0
	count(input.uninspectable) == 0
}
