"""Says of JSON documents whether a JSON Schema accepts them.

usage: check_schema.py SCHEMA DOCUMENTS

DOCUMENTS is a JSON file with a list of documents. Prints a JSON list with an entry for each: null
where the schema accepts it, else why it does not.
"""
import json
import sys

import fastjsonschema


def verdict(validate, document):
    try:
        validate(document)
    except fastjsonschema.JsonSchemaValueException as error:
        return error.message
    return None


schema, documents = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
validate = fastjsonschema.compile(schema)
print(json.dumps([verdict(validate, document) for document in documents]))
