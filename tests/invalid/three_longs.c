long long long n; //~ ERROR FH1211
