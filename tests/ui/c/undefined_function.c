int checksum(const char *text);

int main(void)
{
    return checksum("abc"); //~ ERROR FH1214
}
