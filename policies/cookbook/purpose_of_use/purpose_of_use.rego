# METADATA
# title: Purpose of use
# description: >-
#   Only the purposes of this list pass (the codes of HL7 PurposeOfUse): treatment, payment,
#   operations. The purpose is the claim that the issuer of the token vouches for.
# custom:
#   code: [purpose-not-allowed]
package cookbook.purpose_of_use

deny contains {
	"code": "purpose-not-allowed",
	"message": "The token names no purpose of use that is allowed here.",
} if {
	not _answer
	not _allowed
}

_answer if input.direction == "response"

_allowed if input.principal.purpose in {"TREAT", "HPAYMT", "HOPERAT"}
