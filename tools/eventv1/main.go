// The decision log's contract in OPA's own terms.
//
//	go -C tools run ./eventv1 schema        prints a JSON schema of logs.EventV1, as the pinned OPA defines it (npm run format)
//	go -C tools run ./eventv1 read < LOG    decodes every line of an audit log into logs.EventV1, unknown fields disallowed
//
// It compiles much of OPA, which takes minutes on a machine that has not done so before, so `npm test` does not run it:
// it validates against the schema that is checked in (test/unit/record/opa-event-v1.json).
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/plugins/logs"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "schema":
		return printSchema(os.Stdout)
	case len(args) == 1 && args[0] == "read":
		return read(os.Stdin, os.Stdout)
	default:
		return errors.New("usage: eventv1 schema | eventv1 read < LOG")
	}
}

// read never prints a line or a value of it: only where the first one stands that is no event.
func read(from io.Reader, to io.Writer) error {
	lines := bufio.NewReader(from)
	events, decisions := 0, 0
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			event, err := decode(line)
			if err != nil {
				return fmt.Errorf("line %d is no EventV1: %w", number, err)
			}
			// What OPA writes to its own log and what its plugins mask goes through this form.
			if _, err := event.AST(); err != nil {
				return fmt.Errorf("line %d has no value in Rego: %w", number, err)
			}
			events++
			if event.DecisionID != "" {
				decisions++
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(to, "%d events, %d with a decision id\n", events, decisions)
	return err
}

func decode(line []byte) (*logs.EventV1, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	var event logs.EventV1
	if err := decoder.Decode(&event); err != nil {
		return nil, err
	}
	return &event, nil
}

type schema = map[string]any

func printSchema(to io.Writer) error {
	whole := objectOf(reflect.TypeFor[logs.EventV1]())
	whole["$schema"] = "http://json-schema.org/draft-07/schema#"
	whole["title"] = "EventV1"
	whole["description"] = "logs.EventV1 of the OPA that tools/go.mod pins. Written by `go -C tools run ./eventv1 schema`; do not edit."
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(whole)
}

// objectOf describes a struct by its JSON tags: fields that are never left out are required, no others exist.
func objectOf(from reflect.Type) schema {
	properties := schema{}
	required := []string{}
	for field := range fields(from) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		properties[name] = schemaOf(field.Type)
		if !strings.Contains(options, "omitempty") {
			required = append(required, name)
		}
	}
	object := schema{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		object["required"] = required
	}
	return object
}

func fields(from reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range from.NumField() {
			if field := from.Field(i); field.IsExported() && !yield(field) {
				return
			}
		}
	}
}

func schemaOf(from reflect.Type) schema {
	switch {
	case from == reflect.TypeFor[time.Time]():
		return schema{"type": "string", "pattern": `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`}
	case from.Kind() == reflect.Pointer:
		return schemaOf(from.Elem())
	case from.Kind() == reflect.Interface:
		return schema{}
	case from.Kind() == reflect.Struct:
		return objectOf(from)
	case from.Kind() == reflect.Map:
		return schema{"type": "object", "additionalProperties": schemaOf(from.Elem())}
	case from.Kind() == reflect.Slice:
		return schema{"type": "array", "items": schemaOf(from.Elem())}
	case from.Kind() == reflect.Uint64:
		return schema{"type": "integer", "minimum": 0}
	case from.Kind() == reflect.String:
		return schema{"type": "string"}
	default:
		panic("a field of a kind that is not expected: " + from.String())
	}
}
