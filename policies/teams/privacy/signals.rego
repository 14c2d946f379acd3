package teams.privacy

# METADATA
# title: Summary of a whole chart
# description: A request to summarise a patient's full chart waits for a privacy officer.
require_approval contains {
	"code": "full-chart-summary",
	"message": "A summary of a full chart needs the consent of a privacy officer.",
	"approval": _officers,
} if {
	not _answer
	some signal in input.signals
	signal.name == "full-chart-summary"
	not _granted(signal)
}

# METADATA
# title: Export of whole records
# description: A request to export all of a patient's record, or all patients, waits for a privacy officer.
require_approval contains {
	"code": "whole-record-export",
	"message": "An export of whole records needs the consent of a privacy officer.",
	"approval": _officers,
} if {
	not _answer
	some signal in input.signals
	signal.name == "whole-record-export"
	not _granted(signal)
}

# A signal is open until its message was granted, whatever was said after it.
_granted(signal) if signal.granted
