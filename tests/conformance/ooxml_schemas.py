"""Validation of a package's parts against the schemas of ISO/IEC 29500 (transitional) and of the Open Packaging Conventions.

The schemas are not part of this project: a folder with the standard's own files is named by the caller.
"""

import zipfile
from pathlib import Path

from lxml import etree

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

# Part name or ending -> the schema files that its elements come from, below the folder.
TRANSITIONAL = "ISO-IEC29500-4_2016/"
WORD = [TRANSITIONAL + name for name in ("wml.xsd", "dml-main.xsd", "dml-picture.xsd", "dml-wordprocessingDrawing.xsd")]
SCHEMAS = {
    "[Content_Types].xml": ["opc-xsd/opc-contentTypes.xsd"],
    ".rels": ["opc-xsd/opc-relationships.xsd"],
    "docProps/core.xml": ["opc-xsd/opc-coreProperties.xsd"],
    "docProps/app.xml": [TRANSITIONAL + "shared-documentPropertiesExtended.xsd"],
    "docProps/custom.xml": [TRANSITIONAL + "shared-documentPropertiesCustom.xsd"],
    "word/theme/theme1.xml": [TRANSITIONAL + "dml-main.xsd"],
    "word/document.xml": WORD,
    "word/styles.xml": WORD,
    "word/numbering.xml": WORD,
    "word/settings.xml": WORD,
    "word/fontTable.xml": WORD,
    "word/footnotes.xml": WORD,
    # A turned table has a section, and so headers and footers, of its own.
    **{f"word/{part}{number}.xml": WORD for part in ("header", "footer") for number in range(1, 100)},
}


class Local(etree.Resolver):
    """Gives the Dublin Core schemas from the folder instead of from the net."""

    def __init__(self, folder):
        self.folder = folder

    def resolve(self, url, public, context):
        if "dublincore.org" in url:
            return self.resolve_filename(str(self.folder / "dc" / url.rsplit("/", 1)[1]), context)
        return None


class Schemas:
    """The schemas, each set read once."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.read = {}

    def of(self, name):
        files = next((files for end, files in SCHEMAS.items() if name.endswith(end)), None)
        if files is None:
            return None
        key = tuple(files)
        if key not in self.read:
            self.read[key] = self.schema(files)
        return self.read[key]

    def schema(self, files):
        """One schema that imports all the files: the drawings inside a document have schemas of their own."""
        xsd = "http://www.w3.org/2001/XMLSchema"
        driver = etree.Element(f"{{{xsd}}}schema", nsmap={"xsd": xsd})
        # The schemas import `xml:` without a place.
        files = [*files, "opc-xsd/xml.xsd"]
        for file in files:
            path = self.folder / file
            namespace = etree.parse(path).getroot().get("targetNamespace")
            etree.SubElement(driver, f"{{{xsd}}}import", namespace=namespace, schemaLocation=path.as_uri())
        parser = etree.XMLParser(no_network=True)
        parser.resolvers.add(Local(self.folder))
        return etree.XMLSchema(etree.fromstring(etree.tostring(driver), parser))

    def findings(self, path):
        """What is wrong with the parts of a package."""
        found = []
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if not name.endswith((".xml", ".rels")):
                    continue
                schema = self.of(name)
                if schema is None:
                    found.append(f"{name}: no schema is known for this part")
                    continue
                part = understood(etree.fromstring(package.read(name)))
                if not schema.validate(part):
                    found += [f"{name}:{error.line}: {error.message}" for error in schema.error_log]
        return found


def understood(root):
    """The part as a consumer of the base standard sees it (ISO/IEC 29500-3): ignorable namespaces are taken out."""
    ignorable = {root.nsmap[prefix] for prefix in root.attrib.pop(f"{{{MC}}}Ignorable", "").split()}
    for element in list(root.iter(etree.Element)):
        for name in list(element.attrib):
            if etree.QName(name).namespace in ignorable:
                del element.attrib[name]
        if etree.QName(element).namespace in ignorable and element.getparent() is not None:
            element.getparent().remove(element)
    return root
