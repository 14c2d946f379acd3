# METADATA
# title: One patient at a time
# description: >-
#   At the bedside a conversation is about one patient. Wards and managers may ask about more, up to
#   a number of theirs (45 CFR 164.502(b), minimum necessary).
# custom:
#   code: [more-patients-than-allowed]
package cookbook.several_patients

_patients := {"wards": 12, "managers": 40}

deny contains {
	"code": "more-patients-than-allowed",
	"message": $"The request is about more patients than the {_most} that this caller may ask about.",
} if {
	not _answer
	not _few
}

_answer if input.direction == "response"

_few if input.patients <= _most

_most := max({1} | {_patients[group] | some group in input.principal.groups})
