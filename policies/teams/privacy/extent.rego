package teams.privacy

# METADATA
# title: Several patients
# description: >-
#   A conversation about more patients than gateway_config/limits allows waits for a privacy officer
#   (45 CFR 164.502(b), minimum necessary).
require_approval contains {
	"code": "several-patients",
	"message": "The conversation is about more patients than this connection allows.",
	"approval": _officers,
} if {
	not _answer
	not _few_patients
}

# METADATA
# title: Bulk text
# description: A request with more text than gateway_config/limits allows waits for a privacy officer.
require_approval contains {
	"code": "bulk-text",
	"message": "The request holds more text than this connection allows.",
	"approval": _officers,
} if {
	not _answer
	not _short
}

# METADATA
# title: Identifiers in bulk
# description: A request with more identifiers than gateway_config/limits allows waits for a privacy officer.
require_approval contains {
	"code": "bulk-identifiers",
	"message": "The request holds more identifiers than this connection allows.",
	"approval": _officers,
} if {
	not _answer
	not _few_identifiers
}

_few_patients if input.patients <= _limits.patients

_short if input.request.characters <= _limits.bulk_characters

_few_identifiers if sum([many | some many in input.totals]) <= _limits.bulk_identifiers
