"""Road engines: how long it takes by road from many places to many others. OSRM and Valhalla, as servers or inside this process, and a stand-in of both."""
